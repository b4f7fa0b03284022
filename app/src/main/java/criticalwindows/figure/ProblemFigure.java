package criticalwindows.figure;

import criticalwindows.cot.CotSummary;
import criticalwindows.drawing.Ink;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The curves of single problems of a run, the first ones.
final class ProblemFigure {
  private static final int MOST = 24;
  private static final int ACROSS = 4;
  private static final List<String> COLUMNS =
      List.of("dataset", "run", "problem", "series", "fraction", "k", "n", "share", "low", "high");

  private ProblemFigure() {}

  /// @param number of the run, from 1, for the name of its files
  static Figure of(Study study, int number) {
    List<Study.Traced> all = study.problems();
    List<Study.Traced> drawn = all.subList(0, Math.min(MOST, all.size()));
    Sheet.Head head =
        new Sheet.Head(
            "Problem by problem: "
                + Sheet.brief(study.label(), 60)
                + " on "
                + Sheet.brief(study.dataset(), 40),
            "Blue: continuations with the original's answer, on the band of Wilson's 95 % interval;"
                + " orange, dashed: right ones. "
                + (all.size() > MOST
                    ? "The first " + MOST + " of " + all.size() + " problems; the CSV has all."
                    : "All " + all.size() + " problems."));
    int across = Math.min(ACROSS, Math.max(1, drawn.size()));
    Sheet sheet = Sheet.of(head, across, Math.max(1, Math.ceilDiv(drawn.size(), across)), 190);
    for (int i = 0; i < drawn.size(); i++) {
      draw(sheet.panel(i), drawn.get(i));
    }
    List<List<String>> rows = new ArrayList<>();
    all.forEach(problem -> rows.addAll(rows(study, problem)));
    return new Figure("problems-" + number, sheet.drawing(), COLUMNS, rows);
  }

  private static void draw(Panel panel, Study.Traced problem) {
    String original = problem.readable() ? problem.right() ? "right" : "wrong" : "unread";
    panel.frame(
        Sheet.brief(problem.id(), 10) + ": " + original + (problem.window() ? ", window" : ""));
    panel.fractions("fraction kept; " + samples(problem));
    panel.curve(points(problem, Study.Level::consistent), Ink.of(0));
    panel.dashes(points(problem, Study.Level::right), Ink.of(1));
  }

  private static String samples(Study.Traced problem) {
    return problem.levels().isEmpty()
        ? "no cuts"
        : "n = " + problem.levels().getFirst().right().trials() + " at a cut";
  }

  private static List<Panel.Value> points(
      Study.Traced problem, Function<Study.Level, Proportion> share) {
    return problem.levels().stream()
        .filter(level -> share.apply(level).known())
        .map(level -> Study.Point.of(level.fraction(), share.apply(level)).value())
        .toList();
  }

  private static List<List<String>> rows(Study study, Study.Traced problem) {
    List<List<String>> rows = new ArrayList<>();
    for (Study.Level level : problem.levels()) {
      rows.addAll(row(study, problem, "consistent", level));
      rows.addAll(row(study, problem, "right", level));
    }
    return rows;
  }

  private static List<List<String>> row(
      Study study, Study.Traced problem, String series, Study.Level level) {
    Proportion share = series.equals("right") ? level.right() : level.consistent();
    if (!share.known()) {
      return List.of();
    }
    Interval interval = share.wilson(CotSummary.LEVEL);
    return List.of(
        List.of(
            study.dataset(),
            study.label(),
            problem.id(),
            series,
            Sheet.number(level.fraction()),
            Long.toString(share.successes()),
            Long.toString(share.trials()),
            Sheet.number(share.estimate()),
            Sheet.number(interval.low()),
            Sheet.number(interval.high())));
  }
}
