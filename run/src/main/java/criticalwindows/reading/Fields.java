package criticalwindows.reading;

import criticalwindows.model.Message;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Reads what stands in a JSON object, and says what it is not.
final class Fields {
  /// The longest id that a text can have; a longer one is left away, and a hash names the text.
  private static final int LONGEST_ID = 100;

  /// Why a text is left out.
  static final String TOOLS = "tools are called outside the text";

  static final String NO_TEXT = "a turn is not of text alone";
  static final String EMPTY = "the response is empty";
  static final String FILTERED = "a content filter stopped it";

  private Fields() {}

  /// @throws IllegalArgumentException if it is none
  static String text(JsonNode node, String name) {
    if (!node.isString()) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return node.asString();
  }

  /// @throws IllegalArgumentException if these are none
  static Tokens ids(JsonNode node, String name) {
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

  /// A text, a number or a truth value, as a word.
  ///
  /// @throws IllegalArgumentException if it is an object or an array
  static Optional<String> word(JsonNode node, String name) {
    if (!node.hasNonNull(name)) {
      return Optional.empty();
    }
    JsonNode word = node.get(name);
    if (word.isContainer()) {
      throw new IllegalArgumentException(name + " is no word");
    }
    return Optional.of(word.asString());
  }

  /// A grade or a class as a score has it; nothing where it is no single value.
  static Optional<String> score(JsonNode value) {
    if (value.isNumber()) {
      double number = value.asDouble();
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1e9;
      return Double.isFinite(number)
          ? Optional.of(whole ? Long.toString((long) number) : Double.toString(number))
          : Optional.empty();
    }
    boolean word = value.isBoolean() || (value.isString() && !value.asString().isBlank());
    return word ? Optional.of(value.asString()) : Optional.empty();
  }

  /// The id of the k-th text under one id: the second is `id#2`. Nothing where the id is no short
  /// plain text.
  static Optional<String> id(String id, int k) {
    String whole = k == 1 ? id : id + "#" + k;
    boolean plain =
        !whole.isBlank()
            && whole.length() <= LONGEST_ID
            && whole.codePoints().noneMatch(Character::isISOControl);
    return plain ? Optional.of(whole) : Optional.empty();
  }

  /// Turns whose content is text alone.
  ///
  /// @throws Unusable if a turn calls tools outside its text, or is not of text alone
  /// @throws IllegalArgumentException if these are no turns
  static List<Message> messages(JsonNode nodes) {
    if (!nodes.isArray() || nodes.isEmpty()) {
      throw new IllegalArgumentException("messages are an array of at least one turn");
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode node : nodes) {
      String place = "turn " + (messages.size() + 1);
      if (callsTools(node)) {
        throw new Unusable(
            TOOLS, place + " calls tools outside its text; write the call in its content");
      }
      messages.add(new Message(role(node, place), content(node, place)));
    }
    return messages;
  }

  static boolean callsTools(JsonNode message) {
    return !message.path("tool_calls").isEmpty() || message.hasNonNull("function_call");
  }

  static Message.Role role(JsonNode message, String place) {
    String name = message.path("role").asString("");
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
        throw new Unusable(NO_TEXT, place + " is not of text alone");
      }
      parts.add(text(part.path("text"), "content of " + place));
    }
    return parts.stream().collect(Collectors.joining());
  }
}
