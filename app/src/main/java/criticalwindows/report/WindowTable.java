package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.WindowFinding;
import criticalwindows.cot.WindowStudy;
import criticalwindows.localise.ClassPosterior.ClassChange;
import criticalwindows.localise.Episode;
import criticalwindows.localise.Scatter;
import criticalwindows.localise.Verdict;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            + study.count(Verdict.CLAIMED)
            + " of "
            + study.byProblem().size()
            + " claimed, at a false discovery rate of 5 %, from "
            + Plain.count(study.rollouts())
            + " continuations"
            + also(study, Verdict.UNSURE)
            + also(study, Verdict.BEFORE)
            + scatter(study.scatter()).map(line -> "\n  " + line).orElse(""));
  }

  private static String also(WindowStudy study, Verdict verdict) {
    int count = study.count(verdict);
    return count == 0 ? "" : "; " + count + " " + verdict.words();
  }

  /// What is said where counts scatter more than they should.
  static Optional<String> scatter(Scatter scatter) {
    return scatter.wide()
        ? Optional.of(
            "counts at neighbouring cuts scatter more than independent continuations do, as if two"
                + " of one cut had a correlation of "
                + Plain.share(scatter.correlation())
                + ": intervals are widened; does the server share seeds or a cache?")
        : Optional.empty();
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
        "  (decided: where the centre of the window that rises most lies; none: probability of no"
            + " window; q: false discovery rate;");
    lines.add(
        "   ?: unsure, and not counted; *: claimed only because others are surer; !: while stating"
            + " the answer;");
    lines.add("   ~: gradually, from there to there; before it: before the response was begun)");
    return lines;
  }

  private static String line(CotFinding finding, WindowFinding known, WindowStudy study) {
    Verdict verdict = study.verdict(finding).orElseThrow();
    return row(
        finding,
        decided(known, verdict)
            + (study.averaged(finding) ? " *" : "")
            + (verdict.shown() && known.stating(finding) ? " !" : ""),
        verdict.shown() ? signed(known.window().rise().mean()) : "–",
        chance(known.noWindow()),
        study.q(finding).map(Plain::thousandths).orElse("–"),
        Plain.count(known.rollouts()),
        classes(known.classes()));
  }

  private static String decided(WindowFinding known, Verdict verdict) {
    return switch (verdict) {
      case CLAIMED -> where(known);
      case UNSURE -> where(known) + " ?";
      case BEFORE -> "before it";
      case NONE -> "–";
    };
  }

  /// Where the centre lies; where it is gradual, from where to where it takes.
  private static String where(WindowFinding known) {
    Episode window = known.window();
    return known.gradual()
        ? "~ " + Math.round(window.from().mean() + 1) + "–" + Math.round(window.to().mean())
        : place(window.place().interval());
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
  static String sentence(WindowFinding known) {
    Episode window = known.window();
    Interval wide = window.width().interval();
    return (known.gradual()
            ? "no single place but gradually, between tokens "
                + Math.round(window.from().mean() + 1)
                + " and "
                + Math.round(window.to().mean())
                + ", its centre at "
            : "")
        + place(window.place().interval())
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
