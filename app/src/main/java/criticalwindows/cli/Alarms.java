package criticalwindows.cli;

import criticalwindows.cli.MonitorTables.Seen;
import criticalwindows.console.Console;
import criticalwindows.model.Vocabulary;
import criticalwindows.monitor.Followed;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Says when a response raises an alarm, once for each, and keeps what all came to.
final class Alarms {
  private static final int ID = 40;
  private static final int WORDS = 48;
  private static final int WORD_TOKENS = 12;

  /// No terminal obeys what is escaped.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Console console;
  private final Vocabulary vocabulary;
  private final double threshold;
  private final Form form;
  private final Map<String, Integer> raised = new HashMap<>();
  private final List<Seen> seen = new ArrayList<>();

  /// How they are told.
  enum Form {
    LINES,
    JSON
  }

  Alarms(Console console, Vocabulary vocabulary, double threshold, Form form) {
    this.console = console;
    this.vocabulary = vocabulary;
    this.threshold = threshold;
    this.form = form;
  }

  /// Looks at what was read of a response.
  ///
  /// @param from the first token that was read now
  /// @return whether it has raised an alarm, now or before
  boolean look(Followed response, String group, int from) {
    if (raised.containsKey(response.id())) {
      return true;
    }
    for (int token = from; token < response.read().size(); token++) {
      if (response.score(token) > threshold) {
        raised.put(response.id(), token);
        say(response, group, token);
        return true;
      }
    }
    return false;
  }

  private void say(Followed response, String group, int token) {
    String words =
        vocabulary.decode(response.read().slice(Math.max(0, token + 1 - WORD_TOKENS), token + 1));
    double score = response.score(token);
    if (form == Form.JSON) {
      ObjectNode node = JSON.createObjectNode().put("alarm", response.id()).put("family", group);
      node.put("token", token + 1).put("score", score).put("threshold", threshold);
      print(node.put("text", words));
    } else {
      console
          .out()
          .println(
              "alarm  "
                  + TerminalText.line(response.id(), ID)
                  + "  token "
                  + (token + 1)
                  + "  "
                  + Numbers.of(score, 4)
                  + " > "
                  + Numbers.of(threshold, 4)
                  + "  … "
                  + last(words));
    }
    console.out().flush();
  }

  /// The end of it is what raised the alarm.
  private static String last(String words) {
    int[] points = TerminalText.line(words).codePoints().toArray();
    int from = Math.max(0, points.length - WORDS);
    return new String(points, from, points.length - from);
  }

  /// A response has ended.
  void ended(Followed response, String group) {
    Optional<Integer> at = Optional.ofNullable(raised.get(response.id()));
    seen.add(
        new Seen(
            group, response.read().size(), at.map(OptionalInt::of).orElseGet(OptionalInt::empty)));
  }

  /// The token at which a response raised an alarm, from 0.
  OptionalInt of(String id) {
    Integer at = raised.get(id);
    return at == null ? OptionalInt.empty() : OptionalInt.of(at);
  }

  /// All that have ended.
  List<Seen> seen() {
    return List.copyOf(seen);
  }

  /// Prints what is told at the end, as tables or as one JSON object.
  ///
  /// @param computed tokens
  void report(long computed, List<String> tables) {
    if (form == Form.JSON) {
      long alarms = seen.stream().filter(each -> each.alarm().isPresent()).count();
      ObjectNode node = JSON.createObjectNode();
      node.putObject("report")
          .put("responses", seen.size())
          .put("alarms", alarms)
          .put("tokens", seen.stream().mapToLong(Seen::tokens).sum())
          .put("computed_tokens", computed);
      print(node);
      return;
    }
    console.out().println();
    tables.forEach(console.out()::println);
    console
        .out()
        .println(
            "computed " + Numbers.count(computed) + " tokens, prompts included, by all models");
  }

  private void print(ObjectNode node) {
    console.out().println(JSON.writeValueAsString(node));
  }
}
