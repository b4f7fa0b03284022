package criticalwindows.report;

import criticalwindows.experiment.CotSummary;
import criticalwindows.experiment.FormFinding;
import criticalwindows.experiment.SampledTimes;
import criticalwindows.experiment.StudyTheory;
import criticalwindows.form.Combination;
import criticalwindows.form.FormTimes;
import criticalwindows.theory.Bounds;
import java.util.ArrayList;
import java.util.List;

/// What the theory says of a run, as text.
public final class TheoryTable {
  private static final List<Integer> EXACT = List.of(18, 6, 8, 8, 9, 8, 9, 10, 8, 0);
  private static final List<Integer> SAMPLED = List.of(18, 16, 16, 16, 12, 0);
  private static final List<Integer> STUDY = List.of(6, 18, 10, 10, 9, 16, 16, 0);

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
    study
        .share()
        .ifPresent(share -> lines.add("  π, at the first cut: " + CotTable.interval(share)));
    lines.add("");
    if (study.levels().isEmpty()) {
      lines.add("  nothing to say: no problem has a readable original and all its samples");
      return String.join("\n", lines) + "\n";
    }
    lines.add(
        CotTable.row(
            STUDY,
            "kept",
            "c̄",
            "distance",
            "Theorem 2",
            "sharper",
            "TV class | rest",
            "TV class | all",
            "apart by 1 − ε²"));
    study.levels().forEach(level -> lines.add(level(study, level)));
    lines.addAll(times(study));
    return String.join("\n", lines) + "\n";
  }

  private static String level(StudyTheory study, StudyTheory.Level level) {
    String apart =
        level.separated(study.epsilon()).map(yes -> yes ? "yes" : "no").orElse("cannot tell");
    return CotTable.row(
        STUDY,
        Plain.share(level.fraction()),
        Plain.share(level.mean()) + " " + CotTable.interval(level.consistency()),
        Plain.share(1 - level.mean()),
        Plain.share(level.published()),
        Plain.share(level.sharper()),
        CotTable.interval(level.apart()),
        "at most " + Plain.share(level.alike()),
        apart + (level.vacuous() ? "; bound vacuous" : ""));
  }

  private static List<String> times(StudyTheory study) {
    double epsilon = study.epsilon();
    String apart =
        study.levels().stream()
            .filter(level -> level.separated(epsilon).orElse(false))
            .findFirst()
            .map(level -> "by " + Plain.share(level.fraction()))
            .orElse("certain at no cut");
    String open =
        study.levels().stream()
            .filter(level -> !level.separated(epsilon).orElse(true))
            .reduce((one, other) -> other)
            .map(level -> ", and behind " + Plain.share(level.fraction()))
            .orElse("");
    String alike =
        study.levels().stream()
            .filter(level -> level.alike() <= epsilon)
            .reduce((one, other) -> other)
            .map(level -> "not before " + Plain.share(level.fraction()))
            .orElse("certain at no cut");
    return List.of(
        "",
        "  T_start = T_after (the class is apart from the rest): " + apart + open,
        "  T_before (the class is still like everything): " + alike,
        "  T_end: everywhere, as a class is like itself; so the bounds hold from T_start on");
  }
}
