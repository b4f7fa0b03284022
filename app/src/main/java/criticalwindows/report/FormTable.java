package criticalwindows.report;

import criticalwindows.cot.MeanShare;
import criticalwindows.form.Combination;
import criticalwindows.form.FormCounts;
import criticalwindows.form.FormFinding;
import criticalwindows.form.FormScripts;
import criticalwindows.form.FormTimes;
import criticalwindows.form.ScoredForm;
import criticalwindows.stats.Proportion;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A form run as text.
public final class FormTable {
  private static final List<Column<Step>> STEPS =
      List.of(
          new Column<>("kept", "tokens of the target's text", row -> "" + row.step().kept()),
          new Column<>("after", "the last word kept", Step::after),
          new Column<>(
              "conditioned",
              "of whole texts that begin so",
              row -> share(row.step().conditioned())),
          new Column<>(
              "resampled", "of continuations from there", row -> share(row.step().resampled())),
          new Column<>(
              "exact", "by scores", row -> row.step().exact().map(FormTable::exact).orElse("–")),
          new Column<>("generator", "of the world", Step::generator),
          new Column<>(
              "",
              "whether they agree",
              row -> row.step().agree(row.view.finding().jointLevel()) ? "agree" : "APART"));

  /// Where each choice is made, on the page too.
  static final List<Column<Choice>> CHOICES =
      List.of(
          new Column<>("choice", "the word", row -> TerminalText.line(row.word, 18)),
          new Column<>("written in", "tokens of the target's text", Choice::written),
          new Column<>("T_before", "up to there nothing tells the choice", Choice::before),
          new Column<>("T_after", "from there on it is settled", Choice::after),
          new Column<>("window", "the tokens between", Choice::window),
          new Column<>("p", "its probability given the choices before", Choice::probability));

  private FormTable() {}

  /// The run's record, then each form.
  public static String of(Heading heading, List<FormView> forms) {
    List<String> lines = new ArrayList<>(heading.lines());
    forms.forEach(form -> lines.addAll(form(form)));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> form(FormView view) {
    FormFinding finding = view.finding();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("  " + texts(finding));
    if (finding.target().isEmpty()) {
      lines.add("  no staircase: no text has completed the form");
      return lines;
    }
    String target = String.join(", ", finding.prompt().words(finding.target().get()));
    lines.add("  target: " + TerminalText.line(target));
    lines.add(scored(finding));
    lines.add("");
    lines.addAll(steps(view));
    lines.addAll(choices(view));
    return lines;
  }

  private static String texts(FormFinding finding) {
    FormCounts counts = finding.counts();
    long left = counts.total() - counts.inForm();
    String reasons =
        new TreeMap<>(finding.reasons())
            .entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    return Numbers.count(counts.total())
        + " texts, "
        + counts.filled().size()
        + " of "
        + Numbers.count((long) finding.prompt().combinations())
        + " combinations; "
        + Numbers.count(left)
        + " left the form"
        + (left == 0 ? "" : ": " + reasons);
  }

  private static String scored(FormFinding finding) {
    return finding
        .scored()
        .map(
            scored ->
                "  scored: every combination, together "
                    + Numbers.fine(scored.mass())
                    + " of all that the model may write")
        .orElse("  not scored: " + unscored(finding));
  }

  /// Why there are no exact values.
  static String unscored(FormFinding finding) {
    return finding.prompt().combinations() > FormScripts.MOST_COMBINATIONS
        ? Numbers.count((long) finding.prompt().combinations())
            + " combinations are more than the "
            + Numbers.count(FormScripts.MOST_COMBINATIONS)
            + " that are scored, so the staircase is sampled alone"
        : "scores are of the plain distribution (temperature 1, top-p 1), or still to come";
  }

  /// One step of the staircase.
  private record Step(FormView view, int index) {
    FormFinding.Step step() {
      return view.finding().steps().get(index);
    }

    String after() {
      int made = step().made();
      return made == 0
          ? "the prompt"
          : TerminalText.line(
              view.finding().prompt().words(view.finding().target().orElseThrow()).get(made - 1),
              16);
    }

    String generator() {
      return view.generator().isEmpty() ? "–" : Numbers.fine(view.generator().get(index));
    }
  }

  private static List<String> steps(FormView view) {
    List<Step> rows =
        IntStream.range(0, view.finding().steps().size())
            .mapToObj(index -> new Step(view, index))
            .toList();
    List<String> lines =
        new View<>(STEPS, rows)
            .lines(
                "all: P(the text becomes the target), with 95 % intervals",
                "agree: at the level at which all rows hold together");
    lines.add("");
    return lines;
  }

  static String share(Proportion share) {
    return share.known() ? Numbers.share(share.estimate(), share.wilson(MeanShare.LEVEL)) : "–";
  }

  private static String exact(ScoredForm.Value value) {
    String low = Numbers.fine(value.bounds().low());
    String high = Numbers.fine(value.bounds().high());
    return low.equals(high) ? low : low + "–" + high;
  }

  private static List<String> choices(FormView view) {
    View<Choice> choices =
        new View<>(CHOICES, choices(view, view.finding().target().orElseThrow()));
    return view.times()
        .map(
            times ->
                choices.lines(
                    "T_before and T_after: exact, for ε = " + Numbers.bare(times.epsilon())))
        .orElseGet(choices::lines);
  }

  /// A row for each choice: its word, where it stands, the theory's times and its probability.
  static List<Choice> choices(FormView view, Combination target) {
    List<String> words = view.finding().prompt().words(target);
    return view.finding().text().isEmpty()
        ? List.of()
        : IntStream.range(0, words.size())
            .mapToObj(blank -> new Choice(view, blank, words.get(blank)))
            .toList();
  }

  /// One choice of the target.
  ///
  /// @param blank which choice, from 0
  record Choice(FormView view, int blank, String word) {
    private Optional<FormTimes.Choice> times() {
      return view.times().map(times -> times.choices().get(blank));
    }

    private String written() {
      return CotCells.tokens(view.finding().before(blank), view.finding().behind(blank));
    }

    private String before() {
      return times().map(known -> known.before().map(Object::toString).orElse("none")).orElse("–");
    }

    private String after() {
      return times().map(known -> "" + known.after()).orElse("–");
    }

    private String window() {
      return times().map(FormTable::window).orElse("–");
    }

    private String probability() {
      FormFinding finding = view.finding();
      return finding
          .scored()
          .map(s -> Numbers.share(s.probability(finding.target().orElseThrow().first(blank + 1))))
          .orElse("–");
    }
  }

  /// What lies between T_before and T_after.
  private static String window(FormTimes.Choice choice) {
    if (choice.before().isEmpty()) {
      return "none: before is not apart";
    }
    int from = choice.before().get();
    return from >= choice.after()
        ? "none: T_after is first"
        : CotCells.tokens(from, choice.after());
  }

  /// The combinations that came most often, with their counts.
  static List<Map.Entry<Combination, Long>> frequent(FormFinding finding, int most) {
    return finding.counts().filled().entrySet().stream()
        .sorted(
            Map.Entry.<Combination, Long>comparingByValue()
                .reversed()
                .thenComparing(entry -> entry.getKey().toString()))
        .limit(most)
        .toList();
  }
}
