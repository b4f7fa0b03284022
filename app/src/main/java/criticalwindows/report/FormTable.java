package criticalwindows.report;

import criticalwindows.cot.CotSummary;
import criticalwindows.form.Combination;
import criticalwindows.form.FormCounts;
import criticalwindows.form.FormFinding;
import criticalwindows.form.FormScripts;
import criticalwindows.form.FormTimes;
import criticalwindows.form.ScoredForm;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A form run as text.
public final class FormTable {
  private static final List<Integer> STEP = List.of(5, 16, 16, 16, 14, 9, 0);
  private static final List<Integer> CHOICE = List.of(18, 14, 9, 8, 22, 8);

  private FormTable() {}

  /// The run's record, then each form.
  public static String of(Heading heading, List<FormView> forms) {
    List<String> lines = new ArrayList<>();
    heading.warnings().forEach(warning -> lines.add("warning: " + Plain.line(warning)));
    lines.add(Plain.line(heading.title()));
    heading
        .facts()
        .forEach(
            fact -> lines.add("  " + Plain.line(fact.name()) + ": " + Plain.line(fact.value())));
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
    lines.add("  target: " + Plain.line(target));
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
    return Plain.count(counts.total())
        + " texts, "
        + counts.filled().size()
        + " of "
        + Plain.count((long) finding.prompt().combinations())
        + " combinations; "
        + Plain.count(left)
        + " left the form"
        + (left == 0 ? "" : ": " + reasons);
  }

  private static String scored(FormFinding finding) {
    return finding
        .scored()
        .map(
            scored ->
                "  scored: every combination, together "
                    + Plain.thousandths(scored.mass())
                    + " of all that the model may write")
        .orElse("  not scored: " + unscored(finding));
  }

  /// Why there are no exact values.
  static String unscored(FormFinding finding) {
    return finding.prompt().combinations() > FormScripts.MOST_COMBINATIONS
        ? Plain.count((long) finding.prompt().combinations())
            + " combinations are more than the "
            + Plain.count(FormScripts.MOST_COMBINATIONS)
            + " that are scored, so the staircase is sampled alone"
        : "scores are of the plain distribution (temperature 1, top-p 1), or still to come";
  }

  private static List<String> steps(FormView view) {
    List<String> lines = new ArrayList<>();
    FormFinding finding = view.finding();
    lines.add(
        CotTable.row(STEP, "kept", "after", "conditioned", "resampled", "exact", "generator", ""));
    double level = finding.jointLevel();
    for (int i = 0; i < finding.steps().size(); i++) {
      FormFinding.Step step = finding.steps().get(i);
      lines.add(
          CotTable.row(
              STEP,
              Integer.toString(step.kept()),
              after(finding, step.made()),
              share(step.conditioned()),
              share(step.resampled()),
              step.exact().map(FormTable::exact).orElse("–"),
              view.generator().isEmpty() ? "–" : Plain.thousandths(view.generator().get(i)),
              step.agree(level) ? "agree" : "APART"));
    }
    lines.add(
        "  (P(the text becomes the target) with 95 % intervals; agree: at the level at which all"
            + " rows hold together)");
    lines.add("");
    return lines;
  }

  private static String after(FormFinding finding, int made) {
    return made == 0
        ? "the prompt"
        : Plain.line(finding.prompt().words(finding.target().orElseThrow()).get(made - 1), 16);
  }

  static String share(Proportion share) {
    return share.known()
        ? Plain.share(share.estimate()) + " " + CotTable.interval(share.wilson(CotSummary.LEVEL))
        : "–";
  }

  private static String exact(ScoredForm.Value value) {
    String low = Plain.thousandths(value.bounds().low());
    String high = Plain.thousandths(value.bounds().high());
    return low.equals(high) ? low : low + "–" + high;
  }

  private static List<String> choices(FormView view) {
    FormFinding finding = view.finding();
    List<String> lines = new ArrayList<>();
    lines.add(CotTable.row(CHOICE, "choice", "written in", "T_before", "T_after", "window", "p"));
    choiceRows(view, finding.target().orElseThrow())
        .forEach(cells -> lines.add(CotTable.row(CHOICE, cells.toArray(String[]::new))));
    view.times()
        .ifPresent(
            times ->
                lines.add(
                    "  (T_before, T_after: tokens kept, for ε = " + times.epsilon() + ", exact)"));
    return lines;
  }

  /// A row for each choice: its word, where it stands, the theory's times and its probabilities.
  static List<List<String>> choiceRows(FormView view, Combination target) {
    FormFinding finding = view.finding();
    List<List<String>> rows = new ArrayList<>();
    List<String> words = finding.prompt().words(target);
    for (int i = 0; i < words.size() && finding.text().isPresent(); i++) {
      Optional<FormTimes.Choice> choice = at(view, i);
      rows.add(
          List.of(
              Plain.line(words.get(i), 18),
              written(finding, i),
              choice.map(c -> c.before().map(Object::toString).orElse("none")).orElse("–"),
              choice.map(c -> Integer.toString(c.after())).orElse("–"),
              choice.map(FormTable::window).orElse("–"),
              probs(finding, i)));
    }
    return rows;
  }

  private static Optional<FormTimes.Choice> at(FormView view, int blank) {
    return view.times().map(times -> times.choices().get(blank));
  }

  /// What lies between T_before and T_after.
  static String window(FormTimes.Choice choice) {
    if (choice.before().isEmpty()) {
      return "none: before is not apart";
    }
    int from = choice.before().get();
    if (from >= choice.after()) {
      return "none: T_after is first";
    }
    return from + 1 == choice.after()
        ? "token " + choice.after()
        : "tokens " + (from + 1) + "–" + choice.after();
  }

  private static String written(FormFinding finding, int blank) {
    int from = finding.before(blank) + 1;
    int to = finding.behind(blank);
    return from == to ? "token " + from : "tokens " + from + "–" + to;
  }

  private static String probs(FormFinding finding, int blank) {
    return finding
        .scored()
        .map(s -> Plain.share(s.probs(finding.target().orElseThrow().first(blank + 1))))
        .orElse("–");
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
