package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotSummary;
import criticalwindows.cot.EarlyAnswerReading;
import criticalwindows.exact.Cell;
import criticalwindows.exact.CurveStep;
import criticalwindows.exact.Distance;
import criticalwindows.exact.EarlyAnswerDistance;
import criticalwindows.exact.ExactFinding;
import criticalwindows.exact.ExactStudy;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import java.util.ArrayList;
import java.util.List;

/// What is exactly known of a run on the world, as text; no line where it is on no world.
final class ExactTable {
  private static final List<Integer> PROBLEM = List.of(16, 8, 6, 17, 0);

  private ExactTable() {}

  /// For the whole run.
  static List<String> totals(ExactStudy exact) {
    if (!exact.known()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "  exactly known    "
            + exact.drawn()
            + " of "
            + exact.byProblem().size()
            + " originals"
            + counted(exact.outside(), "outside what the generator writes")
            + counted(exact.unread(), "without a readable answer"));
    Distance distance = exact.distance();
    if (!exact.comparable()) {
      lines.add(
          "  against exact    not compared: exact curves are the generator's, at temperature 1 and"
              + " top-p 1");
    } else if (distance.known()) {
      lines.add("  against exact    mean |measured - exact| " + apart(distance) + cutOff(exact));
    }
    exact.replies().ifPresent(near -> lines.add(near("reply", near)));
    exact.earlyAnswers(EarlyAnswerReading.OWN).ifPresent(near -> lines.add(near("probs", near)));
    exact
        .earlyAnswers(EarlyAnswerReading.FORCED)
        .ifPresent(near -> lines.add(near("forced probabilities", near)));
    return lines;
  }

  /// How near early answers come, and how many continuations come as near.
  private static String near(String read, EarlyAnswerDistance near) {
    return "  early answers, exact    mean |"
        + read
        + " - exact| "
        + Plain.thousandths(near.apart().estimate())
        + CotTable.fine(near.apart().interval(CotSummary.LEVEL, Interval.SHARE))
        + " over "
        + Plain.count(near.cells())
        + " cells"
        + near.worth().map(worth -> ", as near as " + worth(worth)).orElse("");
  }

  private static String worth(Ratio worth) {
    Interval interval = worth.interval(CotSummary.LEVEL, Interval.POSITIVE);
    return Plain.tenth(worth.estimate())
        + (Double.isFinite(interval.high())
            ? " [" + Plain.tenth(interval.low()) + ", " + Plain.tenth(interval.high()) + "]"
            : "")
        + " continuations";
  }

  private static String cutOff(ExactStudy exact) {
    return exact.cutOff() == 0
        ? ""
        : "; without "
            + Plain.count(exact.cutOff())
            + " continuations that --max-tokens cut off, which no exact curve has";
  }

  private static String counted(int count, String what) {
    return count == 0 ? "" : ", " + count + " " + what;
  }

  private static String apart(Distance distance) {
    return Plain.thousandths(distance.mean())
        + " over "
        + Plain.count(distance.cells())
        + " cells; sampling noise alone gives "
        + Plain.thousandths(distance.noise())
        + " ["
        + Plain.thousandths(distance.range().low())
        + ", "
        + Plain.thousandths(distance.range().high())
        + "]";
  }

  /// For each problem.
  static List<String> problems(List<CotFinding> findings, ExactStudy exact) {
    if (!exact.known()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(CotTable.row(PROBLEM, "problem", "answer", "exact", "apart / noise", "decided"));
    for (CotFinding finding : findings) {
      exact.of(finding).ifPresent(known -> lines.add(line(finding, known, exact)));
    }
    lines.add(
        "  (apart: mean |measured - exact| over the cuts; noise: what an exact model would give)");
    return lines;
  }

  private static String line(CotFinding finding, ExactFinding known, ExactStudy exact) {
    return switch (known) {
      case ExactFinding.Unread unread -> row(finding, "–", "–", "the original has no answer");
      case ExactFinding.Outside outside ->
          row(finding, "–", "–", "outside what the generator writes after token " + outside.kept());
      case ExactFinding.Drawn drawn ->
          row(
              finding,
              bars(drawn.cells()),
              exact.comparable() && drawn.distance().known() ? pair(drawn.distance()) : "–",
              drawn.decisive().map(ExactTable::step).orElse("certain from the beginning"));
    };
  }

  private static String row(CotFinding finding, String bars, String apart, String decided) {
    String answer = Plain.line((finding.right() ? "" : "≠ ") + finding.answer().show(), 8);
    return CotTable.row(PROBLEM, finding.problem().id(), answer, bars, apart, decided);
  }

  private static String bars(List<Cell> cells) {
    StringBuilder bars = new StringBuilder();
    int points = Math.min(cells.size(), 40);
    for (int i = 0; i < points; i++) {
      bars.append(CotTable.bar(cells.get(i * cells.size() / points).exact()));
    }
    return bars.toString();
  }

  private static String pair(Distance distance) {
    return Plain.thousandths(distance.mean()) + " / " + Plain.thousandths(distance.noise());
  }

  /// Such as `token 55 “ area”, +.85: method:grass went the way of probabilities .80`.
  private static String step(CurveStep step) {
    return "token "
        + step.kept()
        + " “"
        + Plain.line(step.text())
        + "”, +"
        + Plain.share(step.rise())
        + ", by "
        + Plain.line(step.decision().name())
        + " at probabilities "
        + Plain.share(step.probs());
  }
}
