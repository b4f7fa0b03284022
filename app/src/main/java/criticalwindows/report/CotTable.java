package criticalwindows.report;

import criticalwindows.cot.ChoiceProbsStudy;
import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSummary;
import criticalwindows.cot.EarlyAnswerReading;
import criticalwindows.cot.EarlyAnswerStudy;
import criticalwindows.exact.ExactStudy;
import criticalwindows.localise.Window;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A chain-of-thought run as text.
public final class CotTable {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  /// More than this outside of all labels is worth a word.
  static final double OUTSIDE = .05;

  private static final List<Integer> ROW = List.of(6, 16, 16, 16, 16, 16);
  private static final List<Integer> PROBLEM = List.of(16, 8, 8, 6, 22, 0);

  private CotTable() {}

  /// The summary, then a line for each problem; where the run is on the world, what is exactly
  /// known of it too.
  public static String of(Heading heading, List<CotFinding> findings, ExactStudy exact) {
    return of(CotStudy.of(heading, findings, exact));
  }

  /// The summary, then a line for each problem that is shown.
  public static String of(CotStudy study) {
    List<String> lines = new ArrayList<>();
    study.heading().warnings().forEach(warning -> lines.add("warning: " + Plain.line(warning)));
    lines.add(Plain.line(study.heading().title()));
    study
        .heading()
        .facts()
        .forEach(
            fact -> lines.add("  " + Plain.line(fact.name()) + ": " + Plain.line(fact.value())));
    lines.add("");
    lines.addAll(levels(study.summary()));
    lines.addAll(totals(study));
    lines.addAll(ExactTable.totals(study.sample()));
    lines.add("");
    lines.addAll(problems(study.shown()));
    lines.addAll(more(study));
    lines.addAll(WindowTable.problems(study));
    lines.addAll(Contradictions.lines(study));
    lines.addAll(ExactTable.problems(study.shown(), study.exact()));
    return String.join("\n", lines) + "\n";
  }

  private static List<String> more(CotStudy study) {
    return study.rest().isEmpty()
        ? List.of()
        : List.of(
            "  (the steepest windows first; "
                + Plain.count(study.rest().size())
                + " problems more: --problems all)");
  }

  private static List<String> levels(CotSummary summary) {
    if (summary.levels().isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            ROW,
            "kept",
            "same as original",
            "right",
            "early = original",
            "early right",
            "early foresees"));
    for (CotSummary.Level level : summary.levels()) {
      lines.add(
          row(
              ROW,
              Plain.share(level.fraction()),
              mean(level.consistent()),
              mean(level.right()),
              mean(level.earlyConsistent()),
              mean(level.earlyRight()),
              mean(level.foreseen())));
    }
    lines.add(
        "  (means over problems, each counting the same, with 95 % intervals; early: the answer"
            + " asked for at the cut)");
    lines.add("");
    return lines;
  }

  private static List<String> totals(CotStudy study) {
    CotSummary summary = study.summary();
    List<String> lines = new ArrayList<>();
    lines.add("  original right   " + counted(summary.right()));
    lines.add("  direct right     " + counted(summary.directRight()) + ", with no reasoning");
    lines.add(
        "  windows, rule    "
            + counted(summary.windows())
            + ": a jump > .5 between adjacent cuts, no drop < -.3, as published");
    lines.addAll(WindowTable.totals(study));
    summary.probs().map(CotTable::probs).ifPresent(lines::add);
    summary
        .earlyAnswers()
        .forEach((reading, earlyAnswers) -> lines.add(earlyAnswers(reading, earlyAnswers)));
    int unread = summary.unread().values().stream().mapToInt(Integer::intValue).sum();
    lines.add(
        "  not read         "
            + Plain.count(unread)
            + " of "
            + Plain.count(summary.answers())
            + " answers"
            + summary.unread().entrySet().stream()
                .map(entry -> Plain.line(entry.getKey()) + " " + entry.getValue())
                .collect(Collectors.joining(", ", unread == 0 ? "" : ": ", "")));
    lines.addAll(reuse(study));
    return lines;
  }

  /// What the probabilities of the choices add, and where they and counting disagree.
  private static String probs(ChoiceProbsStudy probs) {
    return "  probabilities of choices  a resample is worth "
        + Plain.thousandths(probs.worth().estimate())
        + fine(probs.worthInterval(CotSummary.LEVEL))
        + " drawn answers; mean - counted share "
        + Plain.thousandths(probs.shift().estimate())
        + fine(probs.shift().interval(CotSummary.LEVEL, Interval.DIFFERENCE))
        + (probs.outside() < OUTSIDE ? "" : "; not on a label " + Plain.share(probs.outside()));
  }

  /// What early answers say by the probabilities of the choices, and how far that is from what they
  /// reply.
  private static String earlyAnswers(EarlyAnswerReading reading, EarlyAnswerStudy study) {
    String begin =
        switch (reading) {
          case OWN -> "  probabilities of early answers   read in ";
          case FORCED -> "  forced early answers    likeliest choice = own reply in ";
        };
    return begin
        + counted(study.agree())
        + study.worth().map(worth -> "; worth " + Plain.thousandths(worth.estimate())).orElse("")
        + study.worthInterval(CotSummary.LEVEL).map(CotTable::fine).orElse("")
        + study.worth().map(worth -> " drawn answers").orElse("")
        + "; mean - counted share "
        + Plain.thousandths(study.shift().estimate())
        + fine(study.shift().interval(CotSummary.LEVEL, Interval.DIFFERENCE))
        + (study.outside() < OUTSIDE ? "" : "; not on a label " + Plain.share(study.outside()));
  }

  static String fine(Interval interval) {
    return Double.isFinite(interval.low()) && Double.isFinite(interval.high())
        ? " [" + Plain.thousandths(interval.low()) + ", " + Plain.thousandths(interval.high()) + "]"
        : "";
  }

  private static List<String> problems(List<CotFinding> findings) {
    List<String> lines = new ArrayList<>();
    lines.add(row(PROBLEM, "problem", "gold", "answer", "curve", "window by the rule", "question"));
    for (CotFinding finding : findings) {
      lines.add(
          row(
              PROBLEM,
              finding.problem().id(),
              Plain.line(finding.gold().show(), 8),
              Plain.line((finding.right() ? "" : "≠ ") + finding.answer().show(), 8),
              bars(finding.consistency()),
              finding.window().map(CotTable::window).orElse("–"),
              Plain.line(finding.problem().question(), 50)));
    }
    return lines;
  }

  /// How many samples continuations add at cuts after their own, in the problems that are shown:
  /// their tokens are read for it, so only where the window model was asked for too.
  private static List<String> reuse(CotStudy study) {
    if (study.windows().byProblem().isEmpty()) {
      return List.of();
    }
    long rollouts = 0;
    long reused = 0;
    for (CotFinding finding : study.shown()) {
      CotFinding complete = study.complete().apply(finding);
      rollouts += complete.rollouts();
      reused += complete.reused();
    }
    return reused == 0
        ? List.of()
        : List.of(
            "  reuse            adds "
                + Math.round(100.0 * reused / rollouts)
                + " % to the samples at single cuts"
                + (study.rest().isEmpty() ? "" : " of the problems below")
                + ": they wrote the same so far");
  }

  /// The window's tokens and how much the curve rises there.
  static String window(Window window) {
    return "tokens " + (window.from() + 1) + "–" + window.to() + ", +" + Plain.share(window.rise());
  }

  /// One bar for each cut, its height the share of resamples that came out the same.
  private static String bars(Curve curve) {
    StringBuilder bars = new StringBuilder();
    int points = curve.points().size();
    for (int i = 0; i < Math.min(points, 40); i++) {
      Proportion proportion = curve.points().get(i * points / Math.min(points, 40)).proportion();
      bars.append(bar(proportion.estimate()));
    }
    return bars.toString();
  }

  /// A bar of this height.
  ///
  /// @param share in [0, 1]
  static char bar(double share) {
    return BARS.charAt((int) Math.min(BARS.length() - 1, share * BARS.length()));
  }

  private static String mean(CotSummary.Mean mean) {
    return mean.counts().known()
        ? Plain.share(mean.over().estimate()) + " " + interval(mean.interval())
        : "–";
  }

  private static String counted(CotSummary.Mean mean) {
    Proportion counts = mean.counts();
    return counts.known()
        ? counts.successes() + " of " + counts.trials() + " = " + mean(mean)
        : "none yet";
  }

  static String interval(Interval interval) {
    return "[" + Plain.share(interval.low()) + ", " + Plain.share(interval.high()) + "]";
  }

  /// Cells in columns of these widths, two spaces apart.
  static String row(List<Integer> widths, String... cells) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      int width = cells[i].codePointCount(0, cells[i].length());
      row.append("  ").append(cells[i]).repeat(' ', Math.max(0, widths.get(i) - width));
    }
    return row.toString().stripTrailing();
  }
}
