package criticalwindows.remote;

import java.util.List;
import tools.jackson.databind.JsonNode;

/// What one event says of a reply.
///
/// @param text that comes next, perhaps empty
/// @param finished whether the reply has its end
record StreamedChunk(String text, boolean finished) {
  /// What stands beside the text, and cannot be put where the model wrote it.
  private static final List<String> APART =
      List.of("reasoning_content", "reasoning", "refusal", "tool_calls", "function_call");

  /// A chunk of `/v1/chat/completions` or `/v1/completions`.
  ///
  /// @throws CallFailure if it is none
  static StreamedChunk of(JsonNode node) throws CallFailure {
    if (node.hasNonNull("error")) {
      JsonNode error = node.path("error");
      throw CallFailure.broken(
          "the server says: " + error.path("message").asString(error.toString()));
    }
    JsonNode choices = node.path("choices");
    if (!choices.isArray() || choices.size() > 1) {
      throw CallFailure.broken("a chunk of the stream is not of one reply");
    }
    // Counts of tokens come in a chunk without any.
    return choices.isEmpty() ? new StreamedChunk("", false) : ofChoice(choices.path(0));
  }

  private static StreamedChunk ofChoice(JsonNode choice) throws CallFailure {
    JsonNode delta = choice.path("delta");
    for (String field : APART) {
      JsonNode apart = delta.path(field);
      if (apart.isString() ? !apart.stringValue().isEmpty() : !apart.isEmpty()) {
        throw CallFailure.broken("the server sends " + field + " apart from the text");
      }
    }
    JsonNode text = delta.isObject() ? delta.path("content") : choice.path("text");
    boolean none = text.isNull() || (delta.isObject() && text.isMissingNode());
    if (!none && !text.isString()) {
      throw CallFailure.broken("a chunk of the stream has no text");
    }
    return new StreamedChunk(none ? "" : text.asString(""), choice.hasNonNull("finish_reason"));
  }
}
