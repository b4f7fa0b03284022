package criticalwindows.report;

import criticalwindows.cot.Depths;
import criticalwindows.cot.MeanShare;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;

/// Success by depth: a row for each number of tokens or words that were given.
final class DepthTable {
  private static final int NAME = 24;
  private static final int MANY = 20;
  private static final int FIRST = 10;
  private static final int EACH = 5;

  private DepthTable() {}

  /// For a terminal: of many depths the first ones, then every fifth.
  static View<Integer> brief(Depths depths) {
    List<Integer> all = depths.depths();
    return depths.unit() == Depths.Unit.WORDS || all.size() <= MANY
        ? of(depths)
        : of(
            depths,
            all.stream()
                .filter(depth -> depth <= FIRST || depth % EACH == 0 || depth.equals(all.getLast()))
                .toList());
  }

  /// Of every depth.
  static View<Integer> of(Depths depths) {
    return of(depths, depths.depths());
  }

  private static View<Integer> of(Depths depths, List<Integer> rows) {
    List<Column<Integer>> columns = new ArrayList<>();
    columns.add(
        switch (depths.unit()) {
          case TOKENS ->
              new Column<>(
                  "tokens",
                  "of the response that were kept; one that has ended before counts with what it"
                      + " came to",
                  depth -> Numbers.count(depth));
          case WORDS ->
              new Column<>("times", "how often the word was given", depth -> Numbers.count(depth));
        });
    for (Depths.Group group : depths.groups()) {
      columns.add(
          new Column<>(
              TerminalText.line(group.name(), NAME),
              meaning(depths, group),
              depth -> group.at(depth).map(DepthTable::cell).orElse("–")));
    }
    return new View<>(columns, rows);
  }

  private static String meaning(Depths depths, Depths.Group group) {
    boolean words = depths.unit() == Depths.Unit.WORDS;
    if (words && group.name().equals("scored")) {
      return "probability of the word once more that the model itself gives, at temperature 1, mean"
          + " over words";
    }
    if (words && group.name().equals("mean")) {
      return "over words, each counting the same";
    }
    long most = group.points().stream().mapToLong(point -> point.over().problems()).max().orElse(0);
    return words
        ? "continuations that begin with it once more"
        : "mean over "
            + Numbers.count(most)
            + (most == 1 ? " request" : " requests")
            + (varies(group) ? " or fewer, those whose beginning is so long" : "");
  }

  private static boolean varies(Depths.Group group) {
    return group.points().stream().map(point -> point.over().problems()).distinct().count() > 1;
  }

  private static String cell(Depths.Point point) {
    return Numbers.share(point.over().estimate(), point.interval(MeanShare.LEVEL));
  }
}
