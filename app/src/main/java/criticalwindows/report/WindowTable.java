package criticalwindows.report;

import criticalwindows.experiment.CotFinding;
import criticalwindows.experiment.WindowFinding;
import criticalwindows.experiment.WindowStudy;
import criticalwindows.localise.ClassPosterior.ClassChange;
import criticalwindows.localise.Episode;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What the window model says of a run, as text.
final class WindowTable {
  private static final List<Integer> PROBLEM = List.of(16, 8, 20, 8, 5, 6, 8, 0);

  private WindowTable() {}

  /// For the whole run.
  static List<String> totals(CotStudy run) {
    WindowStudy study = run.windows();
    if (study.byProblem().isEmpty() && !run.rest().isEmpty()) {
      return List.of("  windows, model   takes a while for so many: --problems N");
    }
    return List.of(
        "  windows, model   "
            + study.survive()
            + " of "
            + study.byProblem().size()
            + " at a false discovery rate of 5 %, from "
            + Plain.count(study.rollouts())
            + " continuations");
  }

  /// For each problem.
  static List<String> problems(CotStudy run) {
    WindowStudy study = run.windows();
    if (study.byProblem().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        CotTable.row(
            PROBLEM,
            "problem",
            "answer",
            "decided (90 %)",
            "rise",
            "none",
            "q",
            "rollouts",
            "answers"));
    for (CotFinding finding : run.shown()) {
      lines.add(
          study
              .of(finding)
              .map(known -> line(finding, known, study))
              .orElseGet(() -> row(finding, "–", "–", "–", "–", "0", "")));
    }
    lines.add(
        "  (decided: where the centre of the steepest rise lies; none: probability of no window; q:"
            + " false discovery rate)");
    return lines;
  }

  private static String line(CotFinding finding, WindowFinding known, WindowStudy study) {
    boolean likely = known.noWindow() <= .5;
    return row(
        finding,
        likely ? place(known.window().place().interval()) : "–",
        likely ? signed(known.window().rise().mean()) : "–",
        chance(known.noWindow()),
        study.q(finding).map(Plain::thousandths).orElse("–"),
        Plain.count(known.rollouts()),
        classes(known.classes()));
  }

  private static String row(CotFinding finding, String... cells) {
    List<String> all = new ArrayList<>();
    all.add(finding.problem().id());
    all.add(Plain.line((finding.right() ? "" : "≠ ") + finding.answer().show(), 8));
    all.addAll(List.of(cells));
    return CotTable.row(PROBLEM, all.toArray(String[]::new));
  }

  /// The tokens of an interval in tokens kept: what lies between 130 and 148 kept is decided by one
  /// of the tokens 131 to 148.
  static String place(Interval interval) {
    long from = Math.round(interval.low()) + 1;
    long to = Math.max(from, Math.round(interval.high()));
    return from == to ? "token " + from : "tokens " + from + "–" + to;
  }

  /// A probability; never 0 or 1.
  static String chance(double probability) {
    return probability < .005 ? "< .01" : probability > .995 ? "> .99" : Plain.share(probability);
  }

  static String signed(double rise) {
    return rise < 0 ? "−" + Plain.share(-rise) : "+" + Plain.share(rise);
  }

  /// Answers that gain or lose at least a tenth, such as `B .10→.97, A .85→.02`.
  static String classes(List<ClassChange> classes) {
    return classes.stream()
        .filter(change -> Math.abs(change.gain().mean()) >= .1)
        .map(
            change ->
                Plain.line(change.name(), 12)
                    + " "
                    + Plain.share(change.before())
                    + "→"
                    + Plain.share(change.after()))
        .collect(Collectors.joining(", "));
  }

  /// In a sentence, such as `tokens 131–148 (95 %), 1–4 tokens wide, +.70 [.55, .85]`.
  static String sentence(Episode window) {
    Interval wide = window.width().interval();
    return place(window.place().interval())
        + " ("
        + Math.round(100 * window.place().probability())
        + " %), "
        + (wide.low() == wide.high() ? "" : Math.round(wide.low()) + "–")
        + Math.round(wide.high())
        + (wide.high() == 1 ? " token wide, " : " tokens wide, ")
        + signed(window.rise().mean())
        + " "
        + CotTable.interval(window.rise().interval());
  }
}
