package criticalwindows.report;

import criticalwindows.cot.CotSummary;
import criticalwindows.cot.StudyTheory;
import criticalwindows.form.Combination;
import criticalwindows.form.FormFinding;
import criticalwindows.form.FormTimes;
import criticalwindows.form.SampledTimes;
import criticalwindows.theory.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the theory says of a run, as text.
public final class TheoryTable {
  private static final List<Integer> EXACT = List.of(18, 6, 8, 8, 9, 8, 9, 10, 8, 0);
  private static final List<Integer> SAMPLED = List.of(18, 16, 16, 16, 12, 0);
  private static final List<Integer> STUDY = List.of(6, 18, 10, 16, 16, 0);

  private TheoryTable() {}

  /// A form run.
  ///
  /// @param epsilon in (0, 1)
  public static String forms(String title, List<FormView> forms, double epsilon) {
    List<String> lines = new ArrayList<>();
    lines.add(Plain.line(title));
    lines.add("  ε = " + epsilon + "; times are in tokens kept of the target's text");
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
    lines.add("  target: " + Plain.line(String.join(", ", words)));
    lines.add("");
    if (view.times().isPresent()) {
      lines.addAll(exact(view.times().get(), words));
    } else {
      lines.add("  no exact values: " + FormTable.unscored(finding));
    }
    lines.add("");
    lines.addAll(sampled(SampledTimes.of(finding, epsilon, CotSummary.LEVEL), words));
    return lines;
  }

  private static List<String> exact(FormTimes times, List<String> words) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  exact, by the scores of every combination (from the target to all that agree so far)");
    lines.add(
        CotTable.row(
            EXACT,
            "up to",
            "π",
            "T_start",
            "T_end",
            "T_before",
            "T_after",
            "distance",
            "Theorem 2",
            "sharper",
            ""));
    for (int i = 0; i < words.size(); i++) {
      FormTimes.Choice choice = times.choices().get(i);
      Bounds bounds = choice.claim().bounds();
      lines.add(
          CotTable.row(
              EXACT,
              Plain.line(words.get(i), 18),
              Plain.share(choice.share()),
              Integer.toString(choice.claim().from()),
              Integer.toString(choice.claim().to()),
              choice.before().map(Object::toString).orElse("none"),
              Integer.toString(choice.after()),
              Plain.thousandths(choice.distance()),
              Plain.thousandths(bounds.published()),
              Plain.thousandths(bounds.sharper()),
              choice.claim().words()));
    }
    return lines;
  }

  private static List<String> sampled(SampledTimes times, List<String> words) {
    List<String> lines = new ArrayList<>();
    lines.add("  from samples alone, with 95 % intervals");
    lines.add(
        CotTable.row(SAMPLED, "up to", "π", "c̄ before it", "c̄ behind it", "T_before", "T_after"));
    for (int i = 0; i < words.size(); i++) {
      SampledTimes.Choice choice = times.choices().get(i);
      lines.add(
          CotTable.row(
              SAMPLED,
              Plain.line(words.get(i), 18),
              FormTable.share(choice.share()),
              FormTable.share(choice.lastBefore()),
              FormTable.share(choice.firstBehind()),
              choice.before().words(),
              choice.after().words()));
    }
    lines.add("  (a to b: certain at a, possible at b; b?: possible, and not certain at any cut)");
    return lines;
  }

  /// A chain-of-thought run.
  public static String study(String title, StudyTheory study) {
    List<String> lines = new ArrayList<>();
    lines.add(Plain.line(title));
    lines.add(
        "  ε = "
            + study.epsilon()
            + "; means over "
            + study.problems()
            + " problems, with 95 % intervals; the class is the original's answer");
    if (study.levels().isEmpty()) {
      lines.add(
          study.problems() == 0
              ? "  nothing to say: no problem has a readable original and all its samples"
              : "  nothing to say: means over problems need the same cuts in each; run with"
                  + " --cuts 0,.1,.3,.5,.7,.9 or other fractions that begin with 0");
      return String.join("\n", lines) + "\n";
    }
    lines.addAll(study.classes().map(TheoryTable::classes).orElseGet(TheoryTable::unknownClasses));
    lines.add("");
    lines.add(
        CotTable.row(
            STUDY,
            "kept",
            "c̄",
            "distance",
            "TV class | rest",
            "TV class | all",
            "apart by 1 − ε²"));
    study.levels().forEach(level -> lines.add(level(study, level)));
    lines.addAll(times(study));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> classes(StudyTheory.Classes classes) {
    return List.of(
        "  π, with nothing kept: "
            + Plain.share(classes.share().estimate())
            + " "
            + CotTable.interval(classes.share().interval(CotSummary.LEVEL)),
        "  Theorem 2's bound on the distance: "
            + CotTable.interval(classes.published())
            + "; the sharper one: "
            + CotTable.interval(classes.sharper())
            + (classes.vacuous() == 0
                ? ""
                : "; vacuous, or it cannot be told, for " + classes.vacuous() + " problems"));
  }

  private static List<String> unknownClasses() {
    return List.of(
        "  π, the bounds and the distances between laws: cannot tell, as no cut keeps nothing; run"
            + " with --cuts 0,…");
  }

  private static String level(StudyTheory study, StudyTheory.Level level) {
    double consistency = level.consistency().estimate();
    Optional<StudyTheory.Distances> known = level.distances();
    return CotTable.row(
        STUDY,
        Plain.share(level.fraction()),
        Plain.share(consistency) + " " + CotTable.interval(level.interval()),
        Plain.share(1 - consistency),
        known.map(distances -> CotTable.interval(distances.apart())).orElse("cannot tell"),
        known.map(distances -> "at most " + Plain.share(distances.alike())).orElse("cannot tell"),
        known
            .flatMap(distances -> distances.separated(study.epsilon()))
            .map(yes -> yes ? "yes" : "no")
            .orElse("cannot tell"));
  }

  private static List<String> times(StudyTheory study) {
    double epsilon = study.epsilon();
    String apart =
        study.levels().stream()
            .filter(level -> separated(level, epsilon).orElse(false))
            .findFirst()
            .map(level -> "by " + Plain.share(level.fraction()))
            .orElse("certain at no cut");
    String open =
        study.levels().stream()
            .filter(level -> !separated(level, epsilon).orElse(true))
            .reduce((one, other) -> other)
            .map(level -> ", and behind " + Plain.share(level.fraction()))
            .orElse("");
    String alike =
        study.levels().stream()
            .filter(level -> level.distances().map(d -> d.alike() <= epsilon).orElse(false))
            .reduce((one, other) -> other)
            .map(level -> "not before " + Plain.share(level.fraction()))
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
