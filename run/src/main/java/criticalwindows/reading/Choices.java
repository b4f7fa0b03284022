package criticalwindows.reading;

import criticalwindows.model.FinishReason;
import criticalwindows.model.Tokens;
import criticalwindows.trace.Before;
import criticalwindows.trace.Source;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// The choices of a response as OpenAI and vLLM have them: of chats, of completions, and the
/// outputs of vLLM itself. Each is a text.
///
/// *Source:* https://platform.openai.com/docs/api-reference/chat/object, and the classes
/// CompletionOutput, ChatCompletionResponseChoice and CompletionResponseChoice of vLLM.
final class Choices {
  private static final String STOP_TEXT =
      "it ended at a text at which continuations do not end; token ids still have that text";

  private final Answer answer;
  private final Found found;

  private Choices(Answer answer, Found found) {
    this.answer = answer;
    this.found = found;
  }

  /// A response.
  ///
  /// @param choices an array
  /// @param before what was asked, for choices without token ids of the prompt
  record Answer(String place, String id, JsonNode choices, Supplier<Before> before) {}

  static void read(Answer answer, Found found) {
    if (answer.choices.isEmpty()) {
      found.text(
          answer.place,
          () -> {
            throw new Unusable("there is no response");
          });
    }
    Choices choices = new Choices(answer, found);
    int k = 0;
    for (JsonNode choice : answer.choices) {
      k++;
      choices.add(choice, choice.path("index").asInt(k - 1) + 1);
    }
  }

  private void add(JsonNode choice, int k) {
    String place = answer.place + (answer.choices.size() == 1 ? "" : ", choice " + k);
    found.text(
        place,
        () -> {
          FinishReason finish = finish(choice);
          Source source = source(choice, finish, place);
          return new Trace(
              place, Fields.id(answer.id, k), before(choice), source, finish, Optional.empty());
        });
  }

  private static FinishReason finish(JsonNode choice) {
    String reason = choice.path("finish_reason").asString("");
    return switch (reason) {
      case "stop" -> FinishReason.STOP;
      case "length" -> FinishReason.LENGTH;
      case "content_filter" -> throw new Unusable(Fields.FILTERED);
      case "tool_calls", "function_call" -> {
        if (hasIds(choice)) {
          yield FinishReason.STOP;
        }
        throw new Unusable(Fields.TOOLS);
      }
      default -> throw new Unusable("it was not finished");
    };
  }

  private static boolean hasIds(JsonNode choice) {
    return choice.hasNonNull("token_ids");
  }

  private Before before(JsonNode choice) {
    return choice.hasNonNull("prompt_token_ids")
        ? new Before.Ids(Fields.ids(choice.path("prompt_token_ids"), "prompt_token_ids"))
        : answer.before.get();
  }

  private Source source(JsonNode choice, FinishReason finish, String place) {
    if (finish == FinishReason.STOP && choice.path("stop_reason").isString()) {
      found.remark(STOP_TEXT, place);
    }
    return hasIds(choice) ? ids(choice, finish) : new Sources.Text(text(choice, finish, place));
  }

  private static Source ids(JsonNode choice, FinishReason finish) {
    if (choice.path("token_ids").isArray() && choice.path("token_ids").isEmpty()) {
      throw new Unusable(Fields.EMPTY);
    }
    Tokens ids = Fields.ids(choice.path("token_ids"), "token_ids");
    if (finish == FinishReason.LENGTH) {
      return new Sources.Ids(ids);
    }
    int last = ids.size() - 1;
    boolean named = choice.path("stop_reason").asInt(-1) == ids.at(last);
    Tokens kept = named ? ids.prefix(last) : ids;
    if (kept.isEmpty() || (kept.size() == 1 && choice.path("text").asString("…").isEmpty())) {
      throw new Unusable(Fields.EMPTY);
    }
    return named ? new Sources.Ids(kept) : new Sources.Ended(kept);
  }

  private String text(JsonNode choice, FinishReason finish, String place) {
    JsonNode message = choice.path("message");
    String text = message.isObject() ? said(message, finish, place) : whole(choice);
    if (text.isEmpty()) {
      throw new Unusable(Fields.EMPTY);
    }
    return text;
  }

  private static String whole(JsonNode choice) {
    return Fields.text(choice.path("text"), "text");
  }

  private String said(JsonNode message, FinishReason finish, String place) {
    if (Fields.callsTools(message)) {
      throw new Unusable(Fields.TOOLS);
    }
    String thinking =
        message.path("reasoning_content").asString(message.path("reasoning").asString(""));
    if (!thinking.isBlank()) {
      found.remark(Thinking.REMARK, place);
    }
    return Thinking.joined(thinking, content(message.path("content")), finish);
  }

  private static String content(JsonNode content) {
    if (content.isNull() || content.isMissingNode()) {
      return "";
    }
    if (content.isString()) {
      return content.asString();
    }
    List<String> parts = new ArrayList<>();
    for (JsonNode part : content) {
      if (!part.path("type").asString("text").equals("text")) {
        throw new Unusable(Fields.NO_TEXT);
      }
      parts.add(Fields.text(part.path("text"), "content"));
    }
    return String.join("", parts);
  }
}
