package criticalwindows.reading;

import criticalwindows.model.Message;
import criticalwindows.trace.Before;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What was asked of a server: the body of a chat or of a completion.
///
/// *Source:* https://platform.openai.com/docs/api-reference/chat/create and …/completions/create;
/// the further fields are those of vLLM's server.
final class Request {
  private Request() {}

  /// @throws Unusable if a model was told more than its turns say
  /// @throws IllegalArgumentException if turns are none
  static Before before(JsonNode body) {
    if (!body.path("tools").isEmpty() || !body.path("functions").isEmpty()) {
      throw new Unusable("its request offers tools, which a chat template adds to the prompt");
    }
    if (!body.path("chat_template_kwargs").isEmpty() || body.hasNonNull("chat_template")) {
      throw new Unusable("its request changes the chat template");
    }
    if (body.has("messages")) {
      return turns(body);
    }
    if (body.path("echo").asBoolean(false)) {
      throw new Unusable("its text begins with the prompt (echo)");
    }
    return prompt(body.path("prompt"));
  }

  private static Before turns(JsonNode body) {
    List<Message> turns = Fields.messages(body.path("messages"));
    boolean open = body.path("continue_final_message").asBoolean(false);
    if (turns.getLast().role() == Message.Role.ASSISTANT && !open) {
      throw new Unusable("its request ends with a turn of the assistant that is finished");
    }
    return new Before.Turns(turns);
  }

  private static Before prompt(JsonNode prompt) {
    if (prompt.isString()) {
      return new Before.Rendered(prompt.asString());
    }
    if (prompt.isArray() && prompt.path(0).isIntegralNumber()) {
      return new Before.Ids(Fields.ids(prompt, "prompt"));
    }
    if (prompt.isArray() && prompt.size() == 1) {
      return prompt(prompt.path(0));
    }
    throw new Unusable(
        prompt.isArray()
            ? "its request has several prompts"
            : "its request is neither of a chat nor of a completion");
  }
}
