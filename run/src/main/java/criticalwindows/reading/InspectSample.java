package criticalwindows.reading;

import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A sample of a log of Inspect.
///
/// *Source:* the classes EvalSample, ModelOutput, ChatMessage and Content of its reference,
/// https://inspect.aisi.org.uk/reference/inspect_ai.log.html
final class InspectSample {
  private static final String ATTACHED = "attachment://";

  private final JsonNode sample;
  private final String place;
  private final Found found;

  private InspectSample(JsonNode sample, String place, Found found) {
    this.sample = sample;
    this.place = place;
    this.found = found;
  }

  /// @throws IllegalArgumentException if it is no sample
  static void read(JsonNode node, Found found) {
    String id =
        Fields.word(node, "id").orElseThrow(() -> new IllegalArgumentException("it has no id"));
    int epoch = node.path("epoch").asInt(1);
    String place = "sample " + id + (epoch == 1 ? "" : ", epoch " + epoch);
    found.text(place, () -> new InspectSample(node, place, found).trace(id, epoch));
  }

  private Trace trace(String id, int epoch) {
    requireWhole();
    JsonNode choice = sample.path("output").path("choices").path(0);
    FinishReason finish = finish(choice.path("stop_reason").asString("unknown"));
    List<JsonNode> turns = new ArrayList<>();
    sample.path("messages").forEach(turns::add);
    int last = turns.size() - 1;
    while (last >= 0 && !role(turns.get(last)).equals("assistant")) {
      last--;
    }
    if (last >= 0 && last < turns.size() - 1) {
      found.remark("turns after the assistant's last one are not looked at", place);
    }
    JsonNode response = last >= 0 ? turns.get(last) : choice.path("message");
    if (!response.isObject()) {
      throw new Unusable("there is no response");
    }
    String text = response(response, finish);
    List<JsonNode> before = last >= 0 ? turns.subList(0, last) : turns;
    return new Trace(
        place,
        Fields.id(id, epoch),
        new Before.Turns(before.isEmpty() ? input() : messages(before)),
        new Sources.Text(text),
        finish,
        score());
  }

  private void requireWhole() {
    if (sample.hasNonNull("error")) {
      throw new Unusable("it ended by an error");
    }
    if (sample.hasNonNull("limit")) {
      throw new Unusable(
          "it ended by a limit of the evaluation ("
              + sample.path("limit").path("type").asString("of another kind")
              + ")");
    }
    if (sample.hasNonNull("invalidation")) {
      throw new Unusable("it was made invalid later");
    }
  }

  private static String role(JsonNode turn) {
    return turn.path("role").asString("");
  }

  private static FinishReason finish(String reason) {
    return switch (reason) {
      case "max_tokens", "model_length", "length" -> FinishReason.LENGTH;
      case "content_filter" -> throw new Unusable(Fields.FILTERED);
      default -> FinishReason.STOP;
    };
  }

  private String response(JsonNode turn, FinishReason finish) {
    Content content = content(turn);
    String text = Thinking.joined(content.thinking, content.text, finish);
    if (text.isBlank()) {
      throw new Unusable(Fields.EMPTY);
    }
    if (!content.thinking.isBlank()) {
      found.remark(Thinking.REMARK, place);
    }
    return text;
  }

  private List<Message> input() {
    JsonNode input = sample.path("input");
    if (input.isString()) {
      return List.of(Message.user(resolved(input.asString())));
    }
    List<JsonNode> turns = new ArrayList<>();
    input.forEach(turns::add);
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("it has neither messages nor an input");
    }
    return messages(turns);
  }

  private List<Message> messages(List<JsonNode> turns) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode turn : turns) {
      Content content = content(turn);
      if (!content.thinking.isBlank()) {
        found.remark("thinking of earlier turns is left out, as chat templates do", place);
      }
      messages.add(new Message(Fields.role(turn, "turn " + (messages.size() + 1)), content.text));
    }
    return messages;
  }

  /// @param thinking blank for none
  private record Content(String thinking, String text) {}

  private Content content(JsonNode turn) {
    if (Fields.callsTools(turn)) {
      throw new Unusable(Fields.TOOLS);
    }
    JsonNode content = turn.path("content");
    // Logs of before April 2025 have it beside the content.
    String thinking = turn.path("reasoning").asString("");
    if (!content.isArray()) {
      return new Content(thinking, resolved(Fields.text(content, "content of a turn")));
    }
    List<String> texts = new ArrayList<>();
    List<String> thoughts = new ArrayList<>();
    for (JsonNode part : content) {
      switch (part.path("type").asString("")) {
        case "text" -> texts.add(resolved(Fields.text(part.path("text"), "text of a part")));
        case "reasoning" -> thoughts.add(thought(part));
        default -> throw new Unusable(Fields.NO_TEXT);
      }
    }
    return new Content(
        thoughts.isEmpty() ? thinking : String.join("\n", thoughts), String.join("\n", texts));
  }

  private String thought(JsonNode part) {
    String thought = resolved(part.path("reasoning").asString(""));
    boolean summed = thought.isBlank() && part.hasNonNull("summary");
    if (part.path("redacted").asBoolean(false) || summed) {
      throw new Unusable("its thinking is not there in the model's own words");
    }
    return thought;
  }

  /// A text, or the attachment that it names.
  private String resolved(String text) {
    if (!text.startsWith(ATTACHED)) {
      return text;
    }
    JsonNode attached = sample.path("attachments").path(text.substring(ATTACHED.length()));
    if (!attached.isString()) {
      throw new Unusable("it names an attachment that is not there");
    }
    return attached.asString();
  }

  /// The value of its one score.
  private Optional<String> score() {
    JsonNode scores = sample.path("scores");
    if (scores.size() > 1) {
      found.remark("of several scores none is taken", place);
    }
    return scores.isObject() && scores.size() == 1
        ? Fields.score(scores.iterator().next().path("value"))
        : Optional.empty();
  }
}
