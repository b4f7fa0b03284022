package criticalwindows.grade;

import criticalwindows.dataset.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How the answers of many texts were read: counts by class and by rule with a few examples of
/// each, everything unread, and where [FirstMatch] reads something else.
public final class Audit {
  private static final int EXAMPLES = 3;

  private final Grader grader;
  private final Map<String, Integer> classes = new TreeMap<>();
  private final Map<String, List<Entry>> rules = new TreeMap<>();
  private final Map<String, Integer> fired = new TreeMap<>();
  private final List<Entry> unread = new ArrayList<>();
  private final List<Difference> differences = new ArrayList<>();
  private int readings;

  /// A text and its reading.
  ///
  /// @param place what text it is, for people
  /// @param count how many equal ones there are, at least 1
  public record Entry(String place, String text, Reading reading, int count) {}

  /// A text that a second reading takes otherwise.
  public record Difference(Entry entry, Answer second) {}

  public Audit(Grader grader) {
    this.grader = grader;
  }

  /// Adds a text that was read.
  public void add(Problem problem, Entry entry) {
    Answer answer = entry.reading().answer();
    readings += entry.count();
    classes.merge(kind(answer), entry.count(), Integer::sum);
    String rule = entry.reading().rule().map(Rule::toString).orElse("none");
    fired.merge(rule, entry.count(), Integer::sum);
    List<Entry> examples = rules.computeIfAbsent(rule, name -> new ArrayList<>());
    if (examples.size() < EXAMPLES) {
      examples.add(entry);
    }
    if (!answer.readable()) {
      unread.add(entry);
    } else {
      Answer second = FirstMatch.read(problem, grader, entry.text());
      if (!answer.same(second)) {
        differences.add(new Difference(entry, second));
      }
    }
  }

  private static String kind(Answer answer) {
    return switch (answer) {
      case Answer.Label label -> "choice";
      case Answer.Value value -> value.form().kind().toString().toLowerCase(java.util.Locale.ROOT);
      case Answer.Unread none -> "unread: " + none.why();
      case Answer.CutOff cutOff -> "cut off";
      case Answer.Refused refused -> "refused";
    };
  }

  /// All texts.
  public int readings() {
    return readings;
  }

  /// Texts by what they came to: `choice`, `number`, `unread: no answer stated`.
  public Map<String, Integer> classes() {
    return Map.copyOf(classes);
  }

  /// Texts by the name of the rule that fired, or `none`.
  public Map<String, Integer> rules() {
    return Map.copyOf(fired);
  }

  /// The first few texts that a rule read.
  public List<Entry> examples(String rule) {
    return List.copyOf(rules.getOrDefault(rule, List.of()));
  }

  /// Every text without a readable answer, in order.
  public List<Entry> unread() {
    return List.copyOf(unread);
  }

  /// Every text that the second reading takes otherwise, in order.
  public List<Difference> differences() {
    return List.copyOf(differences);
  }
}
