package criticalwindows.reading;

import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.model.Tokens;
import criticalwindows.trace.Before;
import criticalwindows.trace.Source;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A text as our own files and most others have it:
///
/// - what comes before: `messages`, a `prompt`, or `prompt_token_ids`;
/// - the response: `response` or `completion`, `response_token_ids`, or `repeat` with a `text` and
///   how many `times`. Without any of them the last turn of `messages` is the response where it is
///   the assistant's, and else the model writes one. With one of them a last turn of the assistant
///   is unfinished, and the response goes on with it;
/// - an `id`, an `outcome`, and a `finish_reason`, each or none.
///
/// Whatever else it has is left alone.
final class TraceLine {
  private TraceLine() {}

  /// @throws IllegalArgumentException if it is none, saying why
  static Trace read(String place, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("not an object");
    }
    Optional<Source> source = source(node);
    Before before = before(node);
    if (source.isEmpty()
        && before instanceof Before.Turns(List<Message> turns)
        && turns.size() > 1
        && turns.getLast().role() == Message.Role.ASSISTANT) {
      source = Optional.of(new Sources.Text(turns.getLast().text()));
      before = new Before.Turns(turns.subList(0, turns.size() - 1));
    }
    return new Trace(
        place,
        word(node, "id"),
        before,
        source.orElseGet(Sources.Sampled::new),
        finish(node),
        word(node, "outcome"));
  }

  private static Before before(JsonNode node) {
    List<Before> all = new ArrayList<>();
    if (node.has("messages")) {
      all.add(new Before.Turns(messages(node.get("messages"))));
    }
    if (node.has("prompt")) {
      JsonNode prompt = node.get("prompt");
      all.add(
          prompt.isArray()
              ? new Before.Turns(messages(prompt))
              : new Before.Text(text(prompt, "prompt")));
    }
    if (node.has("prompt_token_ids")) {
      all.add(new Before.Ids(ids(node.get("prompt_token_ids"), "prompt_token_ids")));
    }
    if (all.size() != 1) {
      throw new IllegalArgumentException(
          (all.isEmpty() ? "none" : "more than one")
              + " of messages, prompt and prompt_token_ids is there");
    }
    return all.getFirst();
  }

  private static Optional<Source> source(JsonNode node) {
    List<Source> all = new ArrayList<>();
    for (String name : List.of("response", "completion")) {
      if (node.hasNonNull(name)) {
        all.add(new Sources.Text(text(node.get(name), name)));
      }
    }
    if (node.hasNonNull("response_token_ids")) {
      all.add(new Sources.Ids(ids(node.get("response_token_ids"), "response_token_ids")));
    }
    if (node.hasNonNull("repeat")) {
      JsonNode repeat = node.get("repeat");
      all.add(
          new Sources.Repeated(
              text(repeat.path("text"), "repeat.text"), repeat.path("times").asInt(0)));
    }
    if (all.size() > 1) {
      throw new IllegalArgumentException(
          "more than one of response, completion, response_token_ids and repeat is there");
    }
    return all.stream().findFirst();
  }

  private static List<Message> messages(JsonNode nodes) {
    if (!nodes.isArray() || nodes.isEmpty()) {
      throw new IllegalArgumentException("messages are an array of at least one turn");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode node : nodes) {
      String place = "turn " + (messages.size() + 1);
      if (node.hasNonNull("tool_calls") || node.hasNonNull("function_call")) {
        throw new IllegalArgumentException(
            place + " calls tools outside its text; write the call in its content");
      }
      messages.add(new Message(role(node.path("role").asString(""), place), content(node, place)));
    }
    return messages;
  }

  private static Message.Role role(String name, String place) {
    return switch (name) {
      case "system", "developer" -> Message.Role.SYSTEM;
      case "user", "human" -> Message.Role.USER;
      case "assistant", "model", "gpt" -> Message.Role.ASSISTANT;
      case "tool", "function" -> Message.Role.TOOL;
      default ->
          throw new IllegalArgumentException(
              place + " has the role \"" + name + "\", none of system, user, assistant and tool");
    };
  }

  /// A text, or parts that are texts.
  private static String content(JsonNode node, String place) {
    JsonNode content = node.path("content");
    if (!content.isArray()) {
      return text(content, "content of " + place);
    }
    List<String> parts = new ArrayList<>();
    for (JsonNode part : content) {
      if (!part.path("type").asString("text").equals("text")) {
        throw new IllegalArgumentException(place + " is not of text alone");
      }
      parts.add(text(part.path("text"), "content of " + place));
    }
    return parts.stream().collect(Collectors.joining());
  }

  private static String text(JsonNode node, String name) {
    if (!node.isString()) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return node.asString();
  }

  private static Tokens ids(JsonNode node, String name) {
    List<Integer> ids = new ArrayList<>();
    for (JsonNode id : node) {
      if (!id.isIntegralNumber() || !id.canConvertToInt()) {
        throw new IllegalArgumentException(name + " are no token ids: " + id);
      }
      ids.add(id.asInt());
    }
    if (!node.isArray() || ids.isEmpty()) {
      throw new IllegalArgumentException(name + " are an array of at least one token id");
    }
    return Tokens.of(ids.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Optional<String> word(JsonNode node, String name) {
    if (!node.hasNonNull(name)) {
      return Optional.empty();
    }
    JsonNode word = node.get(name);
    if (word.isContainer()) {
      throw new IllegalArgumentException(name + " is no word");
    }
    return Optional.of(word.asString());
  }

  private static FinishReason finish(JsonNode node) {
    return switch (node.path("finish_reason").asString("stop")) {
      case "length" -> FinishReason.LENGTH;
      default -> FinishReason.STOP;
    };
  }
}
