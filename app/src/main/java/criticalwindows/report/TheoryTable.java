package criticalwindows.report;

import criticalwindows.cot.MeanShare;
import criticalwindows.cot.StudyTheory;
import criticalwindows.form.Combination;
import criticalwindows.form.FormFinding;
import criticalwindows.form.FormTimes;
import criticalwindows.form.SampledTimes;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What the theory says of a run, as text.
public final class TheoryTable {
  private static final List<Column<Exact>> EXACT =
      List.of(
          new Column<>("up to", "the choice", row -> TerminalText.line(row.word, 18)),
          new Column<>("π", "share of the target", row -> Numbers.share(row.choice.share())),
          new Column<>(
              "T_start", "from there on the bounds hold", r -> "" + r.choice.claim().from()),
          new Column<>("T_end", "up to there", row -> "" + row.choice.claim().to()),
          new Column<>(
              "T_before",
              "up to there nothing tells the choice",
              row -> row.choice.before().map(Object::toString).orElse("none")),
          new Column<>("T_after", "from there on it is settled", row -> "" + row.choice.after()),
          new Column<>("distance", "measured", row -> Numbers.fine(row.choice.distance())),
          new Column<>(
              "Theorem 2",
              "its bound",
              row -> Numbers.fine(row.choice.claim().bounds().published())),
          new Column<>(
              "sharper", "a bound", r -> Numbers.fine(r.choice.claim().bounds().sharper())),
          new Column<>("", "whether the bound holds", row -> row.choice.claim().words()));

  private static final List<Column<Sampled>> SAMPLED =
      List.of(
          new Column<>("up to", "the choice", row -> TerminalText.line(row.word, 18)),
          new Column<>("π", "share of the target", row -> FormTable.share(row.choice.share())),
          new Column<>(
              "c̄ before it",
              "self-consistency at the last cut before",
              row -> FormTable.share(row.choice.lastBefore())),
          new Column<>(
              "c̄ behind it",
              "at the first cut behind",
              row -> FormTable.share(row.choice.firstBehind())),
          new Column<>("T_before", "as above", row -> row.choice.before().words()),
          new Column<>("T_after", "as above", row -> row.choice.after().words()));

  private static final List<Column<Level>> STUDY =
      List.of(
          new Column<>(
              "kept", "fraction of the response", row -> Numbers.share(row.level.fraction())),
          new Column<>("c̄", "self-consistency", Level::consistency),
          new Column<>(
              "distance", "1 − c̄", row -> Numbers.share(1 - row.level.consistency().estimate())),
          new Column<>("TV class | rest", "total variation", Level::rest),
          new Column<>("TV class | all", "the same", Level::all),
          new Column<>("apart by 1 − ε²", "whether TV is that much", Level::apart));

  private TheoryTable() {}

  /// A form run.
  ///
  /// @param epsilon in (0, 1)
  public static String forms(String title, List<FormView> forms, double epsilon) {
    List<String> lines = new ArrayList<>();
    lines.add(TerminalText.line(title));
    lines.add("  ε = " + Numbers.bare(epsilon) + "; times are in tokens kept of the target's text");
    for (FormView view : forms) {
      lines.add("");
      if (view.finding().target().isEmpty() || view.finding().text().isEmpty()) {
        lines.add("  no times: no text has completed the form");
      } else {
        lines.addAll(form(view, epsilon));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> form(FormView view, double epsilon) {
    FormFinding finding = view.finding();
    Combination target = finding.target().orElseThrow();
    List<String> words = finding.prompt().words(target);
    List<String> lines = new ArrayList<>();
    lines.add("  target: " + TerminalText.line(String.join(", ", words)));
    lines.add("");
    if (view.times().isPresent()) {
      lines.addAll(exact(view.times().get(), words));
    } else {
      lines.add("  no exact values: " + FormTable.unscored(finding));
    }
    lines.add("");
    lines.addAll(sampled(SampledTimes.of(finding, epsilon, MeanShare.LEVEL), words));
    return lines;
  }

  private static List<String> exact(FormTimes times, List<String> words) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  exact, by the scores of every combination (from the target to all that agree so far)");
    List<Exact> rows =
        IntStream.range(0, words.size())
            .mapToObj(i -> new Exact(words.get(i), times.choices().get(i)))
            .toList();
    lines.addAll(new View<>(EXACT, rows).lines());
    return lines;
  }

  private static List<String> sampled(SampledTimes times, List<String> words) {
    List<String> lines = new ArrayList<>();
    lines.add("  from samples alone, with 95 % intervals");
    List<Sampled> rows =
        IntStream.range(0, words.size())
            .mapToObj(i -> new Sampled(words.get(i), times.choices().get(i)))
            .toList();
    lines.addAll(
        new View<>(SAMPLED, rows)
            .lines(
                "a to b: certain at a, possible at b", "b?: possible, and not certain at any cut"));
    return lines;
  }

  /// A chain-of-thought run.
  public static String study(String title, StudyTheory study) {
    List<String> lines = new ArrayList<>();
    lines.add(TerminalText.line(title));
    lines.add(
        "  ε = "
            + Numbers.bare(study.epsilon())
            + "; means over "
            + study.problems()
            + " problems, with 95 % intervals; the class is the original's answer");
    if (study.levels().isEmpty()) {
      lines.add(
          study.problems() == 0
              ? "  nothing to say: no problem has a readable original and all its samples"
              : "  nothing to say: means over problems need the same cuts in each; run with"
                  + " --cuts 0,0.1,0.3,0.5,0.7,0.9 or other fractions that begin with 0");
      return String.join("\n", lines) + "\n";
    }
    lines.addAll(study.classes().map(TheoryTable::classes).orElseGet(TheoryTable::unknownClasses));
    lines.add("");
    List<Level> rows = study.levels().stream().map(level -> new Level(study, level)).toList();
    lines.addAll(new View<>(STUDY, rows).lines());
    lines.addAll(times(study));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> classes(StudyTheory.Classes classes) {
    return List.of(
        "  π, with nothing kept: "
            + Numbers.share(classes.share().estimate(), classes.share().interval(MeanShare.LEVEL)),
        "  Theorem 2's bound on the distance: "
            + Numbers.interval(classes.published())
            + "; the sharper one: "
            + Numbers.interval(classes.sharper())
            + (classes.vacuous() == 0
                ? ""
                : "; vacuous, or it cannot be told, for " + classes.vacuous() + " problems"));
  }

  private static List<String> unknownClasses() {
    return List.of(
        "  π, the bounds and the distances between laws: cannot tell, as no cut keeps nothing; run"
            + " with --cuts 0,…");
  }

  /// A choice of a form, by scores.
  private record Exact(String word, FormTimes.Choice choice) {}

  /// A choice of a form, from samples.
  private record Sampled(String word, SampledTimes.Choice choice) {}

  /// One cut of a study.
  private record Level(StudyTheory study, StudyTheory.Level level) {
    private static final String UNKNOWN = "cannot tell";

    String consistency() {
      return Numbers.share(level.consistency().estimate(), level.interval());
    }

    String rest() {
      return level
          .distances()
          .map(distances -> Numbers.interval(distances.apart()))
          .orElse(UNKNOWN);
    }

    String all() {
      return level
          .distances()
          .map(distances -> "at most " + Numbers.share(distances.alike()))
          .orElse(UNKNOWN);
    }

    String apart() {
      return separated(level, study.epsilon()).map(yes -> yes ? "yes" : "no").orElse(UNKNOWN);
    }
  }

  private static List<String> times(StudyTheory study) {
    double epsilon = study.epsilon();
    String apart =
        study.levels().stream()
            .filter(level -> separated(level, epsilon).orElse(false))
            .findFirst()
            .map(level -> "by " + Numbers.share(level.fraction()))
            .orElse("certain at no cut");
    String open =
        study.levels().stream()
            .filter(level -> !separated(level, epsilon).orElse(true))
            .reduce((one, other) -> other)
            .map(level -> ", and behind " + Numbers.share(level.fraction()))
            .orElse("");
    String alike =
        study.levels().stream()
            .filter(level -> level.distances().map(d -> d.alike() <= epsilon).orElse(false))
            .reduce((one, other) -> other)
            .map(level -> "not before " + Numbers.share(level.fraction()))
            .orElse("certain at no cut");
    return List.of(
        "",
        "  T_start = T_after (the class is apart from the rest): " + apart + open,
        "  T_before (the class is still like everything): " + alike,
        "  T_end: everywhere, as a class is like itself; so the bounds hold from T_start on");
  }

  private static Optional<Boolean> separated(StudyTheory.Level level, double epsilon) {
    return level.distances().flatMap(distances -> distances.separated(epsilon));
  }
}
