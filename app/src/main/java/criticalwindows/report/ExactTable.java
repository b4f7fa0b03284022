package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.EarlyAnswerReading;
import criticalwindows.cot.MeanShare;
import criticalwindows.exact.Cell;
import criticalwindows.exact.CurveStep;
import criticalwindows.exact.Distance;
import criticalwindows.exact.EarlyAnswerDistance;
import criticalwindows.exact.ExactFinding;
import criticalwindows.exact.ExactStudy;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What is exactly known of a run on the world, as text; no line where it is on no world.
final class ExactTable {
  private static final List<Column<Line>> PROBLEMS =
      List.of(
          new Column<>("problem", "its id", line -> line.finding.problem().id()),
          new Column<>("answer", "the original's", line -> CotCells.answer(line.finding)),
          new Column<>("exact", "the exact curve", Line::bars),
          new Column<>(
              "apart / noise",
              "mean |measured − exact| over the cuts, and what an exact model would give",
              Line::apart),
          new Column<>(
              "decided",
              "where the exact curve rises most, or where it never rises, falls most",
              Line::decided));

  private ExactTable() {}

  /// For the whole run.
  static List<List<String>> totals(ExactStudy exact) {
    if (!exact.known()) {
      return List.of();
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "exactly known",
            exact.drawn()
                + " of "
                + exact.byProblem().size()
                + " originals"
                + counted(exact.outside(), "outside what the generator writes")
                + counted(exact.unread(), "without a readable answer")));
    Distance distance = exact.distance();
    if (!exact.comparable()) {
      lines.add(
          List.of(
              "against exact",
              "not compared: exact curves are the generator's, at temperature 1 and top-p 1"));
    } else if (distance.known()) {
      lines.add(
          List.of("against exact", "mean |measured − exact| " + apart(distance) + cutOff(exact)));
    }
    exact.replies().ifPresent(near -> lines.add(near("reply", near)));
    exact
        .earlyAnswers(EarlyAnswerReading.OWN)
        .ifPresent(near -> lines.add(near("probability", near)));
    exact
        .earlyAnswers(EarlyAnswerReading.FORCED)
        .ifPresent(near -> lines.add(near("forced probability", near)));
    return lines;
  }

  /// How near early answers come, and how many continuations come as near.
  private static List<String> near(String read, EarlyAnswerDistance near) {
    return List.of(
        "early answers, exact",
        "mean |"
            + read
            + " − exact| "
            + Numbers.fine(
                near.apart().estimate(), near.apart().interval(MeanShare.LEVEL, Interval.SHARE))
            + " over "
            + Numbers.count(near.cells())
            + " cells"
            + near.worth().map(worth -> ", as near as " + worth(worth)).orElse(""));
  }

  private static String worth(Ratio worth) {
    Interval interval = worth.interval(MeanShare.LEVEL, Interval.POSITIVE);
    return Numbers.tenth(worth.estimate())
        + (Double.isFinite(interval.high())
            ? " [" + Numbers.tenth(interval.low()) + ", " + Numbers.tenth(interval.high()) + "]"
            : "")
        + " continuations";
  }

  private static String cutOff(ExactStudy exact) {
    return exact.cutOff() == 0
        ? ""
        : "; without "
            + Numbers.count(exact.cutOff())
            + " continuations that --max-tokens cut off, which no exact curve has";
  }

  private static String counted(int count, String what) {
    return count == 0 ? "" : ", " + count + " " + what;
  }

  private static String apart(Distance distance) {
    return Numbers.fine(distance.mean())
        + " over "
        + Numbers.count(distance.cells())
        + " cells; sampling noise alone gives "
        + Numbers.fine(distance.noise(), distance.range());
  }

  /// For each problem.
  static List<String> problems(List<CotFinding> findings, ExactStudy exact) {
    if (!exact.known()) {
      return List.of();
    }
    List<Line> rows = new ArrayList<>();
    for (CotFinding finding : findings) {
      exact.of(finding).ifPresent(known -> rows.add(new Line(finding, known, exact)));
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(new View<>(PROBLEMS, rows).lines());
    return lines;
  }

  /// One problem's line.
  private record Line(CotFinding finding, ExactFinding known, ExactStudy exact) {
    String bars() {
      return known instanceof ExactFinding.Drawn drawn ? ExactTable.bars(drawn.cells()) : "–";
    }

    String apart() {
      return known instanceof ExactFinding.Drawn drawn
              && exact.comparable()
              && drawn.distance().known()
          ? pair(drawn.distance())
          : "–";
    }

    String decided() {
      return switch (known) {
        case ExactFinding.Unread unread -> "the original has no answer";
        case ExactFinding.Outside outside ->
            "outside what the generator writes after token " + outside.kept();
        case ExactFinding.Drawn drawn ->
            drawn.decisive().map(ExactTable::step).orElse("certain from the beginning");
      };
    }
  }

  private static String bars(List<Cell> cells) {
    StringBuilder bars = new StringBuilder();
    int points = Math.min(cells.size(), 40);
    for (int i = 0; i < points; i++) {
      bars.append(CotCells.bar(cells.get(i * cells.size() / points).exact()));
    }
    return bars.toString();
  }

  private static String pair(Distance distance) {
    return Numbers.fine(distance.mean()) + " / " + Numbers.fine(distance.noise());
  }

  /// Such as `token 55 “ area”, +0.85, by method:grass at a probability of 0.80`.
  private static String step(CurveStep step) {
    return "token "
        + step.kept()
        + " “"
        + TerminalText.line(step.text())
        + "”, "
        + Numbers.signed(step.rise())
        + step.decision().map(decision -> ", by " + TerminalText.line(decision.name())).orElse("")
        + step.probability().stream()
            .mapToObj(probability -> " at a probability of " + Numbers.share(probability))
            .collect(Collectors.joining());
  }
}
