package criticalwindows.figure;

import criticalwindows.cot.Depths;
import criticalwindows.cot.MeanShare;
import criticalwindows.drawing.Ink;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The share of a class by how much was given: a panel for each family of attacks, or each word. A
/// logarithmic axis for words, on which 0 stands where 1 would of the counts plus one.
final class DepthFigure {
  private static final int ACROSS = 4;
  private static final List<Integer> POWERS = List.of(0, 1, 5, 20, 100, 500, 2000, 10_000);
  private static final List<FigureColumn> COLUMNS =
      List.of(
          FigureColumn.DATASET,
          FigureColumn.RUN,
          FigureColumn.SERIES,
          FigureColumn.DEPTH,
          FigureColumn.K,
          FigureColumn.N,
          FigureColumn.PROBLEMS,
          FigureColumn.SHARE,
          FigureColumn.LOW,
          FigureColumn.HIGH);

  private DepthFigure() {}

  /// @param number of the run, from 1, for the name of its files
  static Figure of(Study study, Depths depths, int number) {
    boolean words = depths.unit() == Depths.Unit.WORDS;
    String unit = words ? "times that the word was given" : "tokens kept";
    Sheet.Head head =
        new Sheet.Head(
            study.share("share") + " by " + unit + ": " + Sheet.brief(study.label(), 60),
            (words
                    ? "Continuations that begin with the word once more, counted in what was"
                        + " written alone. scored: the probability that the model itself gives."
                    : "Means over requests, each counting the same.")
                + " With 95 % intervals.");
    int groups = depths.groups().size();
    int across = Math.min(ACROSS, Math.max(1, groups));
    Sheet sheet = Sheet.of(head, across, Math.max(1, Math.ceilDiv(groups, across)), 220);
    List<List<String>> rows = new ArrayList<>();
    int most = depths.depths().stream().mapToInt(depth -> depth).max().orElse(1);
    for (int i = 0; i < groups; i++) {
      Depths.Group group = depths.groups().get(i);
      Panel panel = sheet.panel(i);
      panel.frame(Sheet.brief(group.name(), 24));
      panel.counts(unit, ticks(depths, most));
      List<Panel.Value> values =
          group.points().stream()
              .map(point -> value(point, place(depths, point.depth(), most)))
              .toList();
      panel.curve(values, Ink.of(i));
      group.points().forEach(point -> rows.add(row(study, group, point)));
    }
    return new Figure("depths-" + number, sheet.drawing(), COLUMNS, rows);
  }

  private static double place(Depths depths, int depth, int most) {
    int last = Math.max(1, most);
    return depths.unit() == Depths.Unit.WORDS
        ? Math.log1p(depth) / Math.log1p(last)
        : (double) depth / last;
  }

  private static SortedMap<Double, Integer> ticks(Depths depths, int most) {
    SortedMap<Double, Integer> ticks = new TreeMap<>();
    if (depths.unit() == Depths.Unit.WORDS) {
      POWERS.stream()
          .filter(count -> count <= most)
          .forEach(count -> ticks.put(place(depths, count, most), count));
    } else {
      List.of(0, most / 2, most).forEach(count -> ticks.put(place(depths, count, most), count));
    }
    return ticks;
  }

  private static Panel.Value value(Depths.Point point, double x) {
    return new Panel.Value(x, point.over().estimate(), interval(point));
  }

  private static Interval interval(Depths.Point point) {
    return point.interval(MeanShare.LEVEL);
  }

  private static List<String> row(Study study, Depths.Group group, Depths.Point point) {
    return List.of(
        study.dataset(),
        study.label(),
        group.name(),
        Integer.toString(point.depth()),
        Long.toString(point.counts().successes()),
        Long.toString(point.counts().trials()),
        Long.toString(point.over().problems()),
        Sheet.number(point.over().estimate()),
        Sheet.number(interval(point).low()),
        Sheet.number(interval(point).high()));
  }
}
