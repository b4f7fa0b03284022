package criticalwindows.bench;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.grade.Answer;
import criticalwindows.grade.FirstMatch;
import criticalwindows.grade.Grader;
import criticalwindows.grade.Reading;
import criticalwindows.view.TerminalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Pairs of texts from the test suites of public graders, and how ours judges them.
final class GradingCases {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<Choice> LETTERS =
      Stream.of("A", "B", "C", "D", "E").map(label -> new Choice(label, "")).toList();
  private static final Problem CHOICE = Problem.of("cases", "logic", "Which?", LETTERS, "A");

  /// Where we mean to differ from a suite, and why.
  private static final Map<String, String> MEANT =
      Map.of(
          "g0225", "a list has no order by default; another suite wants that, too (g0172)",
          "r0102",
              "a box that does not close may have been cut off, as another suite has it (g0296)",
          "r0164", "the last statement wins; the suite wants the first of two");

  private GradingCases() {}

  /// A pair and what we make of it.
  ///
  /// @param tagged whether suites disagree on it, or it depends on a policy
  /// @param first whether reading the first match agrees
  record Judged(
      String id, boolean equal, boolean tagged, Reading a, Reading b, boolean first, String tags) {
    boolean agrees() {
      return a.answer().same(b.answer()) == equal;
    }

    boolean unread() {
      return !a.answer().readable() || !b.answer().readable();
    }

    /// Why we differ.
    String reason() {
      if (agrees()) {
        return "as we have it";
      }
      return tagged ? tags : MEANT.getOrDefault(id, "not meant: a fault");
    }

    /// A few lines for people.
    String show() {
      return id
          + (equal ? ": meant to be equal" : ": meant to be unequal")
          + "; "
          + reason()
          + "\n  "
          + show(a)
          + "\n  "
          + show(b)
          + "\n";
    }

    private static String show(Reading reading) {
      String by = reading.rule().map(rule -> " by " + rule).orElse("");
      String form =
          reading.answer() instanceof Answer.Value value
              ? value.form().kind() + " " + value.form().key()
              : reading.answer().show();
      return TerminalText.line(form, 100) + by + " from: " + TerminalText.line(reading.said(), 120);
    }
  }

  /// The cases of a file, judged.
  static List<Judged> judge(Path file, Grader grader) {
    List<Judged> judged = new ArrayList<>();
    for (JsonNode row : rows(file)) {
      judged.add(judge(row, grader));
    }
    return judged;
  }

  /// The rows of a file of JSON lines.
  static List<JsonNode> rows(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).map(JSON::readTree).toList();
    } catch (IOException e) {
      throw new UserError(
          "the cases " + file + " cannot be read",
          "name the folder that holds grading/ and math/ with --data",
          e);
    }
  }

  private static Judged judge(JsonNode row, Grader grader) {
    String one = row.path("a").asString();
    String two = row.path("b").asString();
    boolean choice = row.path("kind").asString().equals("mcq");
    Answer words = grader.form("\\text{words}");
    Reading a =
        choice ? grader.read(CHOICE, one) : grader.value(one, grader.value(one, words).answer());
    Reading b = choice ? grader.read(CHOICE, two) : grader.value(two, a.answer());
    boolean left = one.length() > two.length();
    String text = left ? one : two;
    Answer first = choice ? FirstMatch.read(CHOICE, grader, text) : FirstMatch.value(grader, text);
    boolean same = first.same(left ? b.answer() : a.answer());
    boolean equal = row.path("equal").asBoolean();
    List<String> tags = new ArrayList<>();
    for (String tag : List.of("policy", "flag", "conflict")) {
      if (row.has(tag)) {
        tags.add(tag + " " + row.path(tag));
      }
    }
    return new Judged(
        row.path("id").asString(),
        equal,
        !tags.isEmpty(),
        a,
        b,
        same == equal,
        String.join(", ", tags));
  }
}
