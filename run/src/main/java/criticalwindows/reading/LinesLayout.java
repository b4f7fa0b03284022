package criticalwindows.reading;

import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.trace.Before;
import criticalwindows.trace.Source;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// Texts as our own files have them:
///
/// - what comes before: `messages`, a `prompt`, `prompt_token_ids`, or a `templated` text, which a
///   chat template has made;
/// - the `opening`, with which the assistant's turn behind `messages` is begun and not ended;
/// - the response: `response` or `completion`, `response_token_ids`, or `repeat` with a `text` and
///   how many `times`. Without any of them the last turn of `messages` is the response where it is
///   the assistant's, and else the model writes one. With one of them a last turn of the assistant
///   is unfinished, and the response goes on with it;
/// - an `id`, an `outcome`, a `finish_reason`, and a `family`, by which texts are grouped, with the
///   `kind` of what was requested: `harmful`, `benign` or `looks harmful`; each or none.
///
/// Whatever else it has is left alone.
final class LinesLayout implements Layout {
  static final String NAME = "lines";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String files() {
    return "texts as cw run trace --help shows them";
  }

  @Override
  public boolean fits(Map<String, JsonToken> fields) {
    return true;
  }

  @Override
  public void read(Input input, Found found) {
    input.each(
        value -> {
          Trace trace;
          try {
            trace = trace(value.place(), value.node());
          } catch (Unusable e) {
            // Whoever wrote this file can put it right.
            throw new IllegalArgumentException(e.getMessage(), e);
          }
          found.text(value.place(), () -> trace);
        });
  }

  static Trace trace(String place, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("not an object");
    }
    Before before = before(node);
    Optional<Source> source = source(node, before);
    Optional<String> opening = opening(node, before);
    if (opening.isPresent() && before instanceof Before.Turns(List<Message> turns)) {
      List<Message> begun = new ArrayList<>(turns);
      begun.add(Message.assistant(opening.get()));
      before = new Before.Turns(begun);
    } else if (source.isEmpty()
        && before instanceof Before.Turns(List<Message> turns)
        && turns.size() > 1
        && turns.getLast().role() == Message.Role.ASSISTANT) {
      source = Optional.of(new Sources.Text(turns.getLast().text()));
      before = new Before.Turns(turns.subList(0, turns.size() - 1));
    }
    return new Trace(
        place,
        Fields.word(node, "id"),
        before,
        source.orElseGet(Sources.Sampled::new),
        finish(node),
        Fields.word(node, "outcome"),
        family(node));
  }

  /// With the kind of the request: benign ones of a family are a group of their own.
  private static Optional<String> family(JsonNode node) {
    Optional<String> family = Fields.word(node, "family");
    Optional<String> kind = family.isEmpty() ? Optional.empty() : Fields.word(node, "kind");
    return kind.isEmpty()
        ? family
        : Optional.of(
            criticalwindows.attack.Request.Kind.named(kind.get())
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "kind is none of harmful, benign and looks harmful"))
                .group(family.get()));
  }

  private static Optional<String> opening(JsonNode node, Before before) {
    if (!node.hasNonNull("opening")) {
      return Optional.empty();
    }
    String opening = Fields.text(node.get("opening"), "opening");
    boolean ours =
        before instanceof Before.Turns(List<Message> turns)
            && turns.getLast().role() != Message.Role.ASSISTANT;
    if (!ours || opening.isBlank()) {
      throw new IllegalArgumentException(
          "an opening says something, and stands beside messages whose last turn is not the"
              + " assistant's");
    }
    return Optional.of(opening);
  }

  private static Before before(JsonNode node) {
    List<Before> all = new ArrayList<>();
    if (node.has("messages")) {
      all.add(new Before.Turns(Fields.messages(node.get("messages"))));
    }
    if (node.has("prompt")) {
      JsonNode prompt = node.get("prompt");
      all.add(
          prompt.isArray()
              ? new Before.Turns(Fields.messages(prompt))
              : new Before.Text(Fields.text(prompt, "prompt")));
    }
    if (node.has("prompt_token_ids")) {
      all.add(new Before.Ids(Fields.ids(node.get("prompt_token_ids"), "prompt_token_ids")));
    }
    if (node.has("templated")) {
      all.add(new Before.Templated(Fields.text(node.get("templated"), "templated")));
    }
    if (all.size() != 1) {
      throw new IllegalArgumentException(
          (all.isEmpty() ? "none" : "more than one")
              + " of messages, prompt, prompt_token_ids and templated is there");
    }
    return all.getFirst();
  }

  private static Optional<Source> source(JsonNode node, Before before) {
    List<Source> all = new ArrayList<>();
    for (String name : List.of("response", "completion")) {
      if (node.hasNonNull(name)) {
        String text = Fields.text(node.get(name), name);
        all.add(
            before instanceof Before.Templated
                ? new Sources.Templated(text)
                : new Sources.Text(text));
      }
    }
    if (node.hasNonNull("response_token_ids")) {
      all.add(new Sources.Ids(Fields.ids(node.get("response_token_ids"), "response_token_ids")));
    }
    if (node.hasNonNull("repeat")) {
      JsonNode repeat = node.get("repeat");
      all.add(
          new Sources.Repeated(
              Fields.text(repeat.path("text"), "repeat.text"), repeat.path("times").asInt(0)));
    }
    if (all.size() > 1) {
      throw new IllegalArgumentException(
          "more than one of response, completion, response_token_ids and repeat is there");
    }
    return all.stream().findFirst();
  }

  private static FinishReason finish(JsonNode node) {
    return switch (node.path("finish_reason").asString("stop")) {
      case "length" -> FinishReason.LENGTH;
      default -> FinishReason.STOP;
    };
  }
}
