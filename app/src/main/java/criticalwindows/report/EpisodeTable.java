package criticalwindows.report;

import criticalwindows.cot.Episodes;
import criticalwindows.cot.MeanShare;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// Responses that had begun to comply and were refused, by family and depth.
final class EpisodeTable {
  private static final int MOST = 12;
  private static final String TITLE = "Episodes: complied, then refused";

  private static final List<Column<Episodes.Row>> COLUMNS =
      List.of(
          new Column<>("family", "of requests", row -> TerminalText.line(row.family(), 28)),
          new Column<>(
              "tokens",
              "of the response that were kept; all together where they are many",
              row -> row.depth().isPresent() ? Numbers.count(row.depth().getAsInt()) : "all"),
          new Column<>(
              "episodes",
              "continuations that refuse after steps or code",
              row ->
                  Numbers.count(row.counts().successes())
                      + " of "
                      + Numbers.count(row.counts().trials())),
          new Column<>(
              "share",
              "mean over requests, with its 95 % interval",
              row ->
                  row.over().known()
                      ? Numbers.share(row.over().estimate(), row.over().interval(MeanShare.LEVEL))
                      : "–"),
          new Column<>(
              "refused at",
              "tokens of the response before it is refused, the median and the middle half, told"
                  + " from its characters",
              EpisodeTable::place));

  private EpisodeTable() {}

  /// None where no response is one.
  static List<DefenceTable.Titled> tables(CotStudy study) {
    return study.episodes().any()
        ? List.of(new DefenceTable.Titled(TITLE, new View<>(COLUMNS, brief(study.episodes()))))
        : List.of();
  }

  /// Of more depths than a few, those of a family together alone.
  private static List<Episodes.Row> brief(Episodes episodes) {
    Set<OptionalInt> depths =
        episodes.rows().stream().map(Episodes.Row::depth).collect(Collectors.toSet());
    return episodes.rows().stream()
        .filter(row -> depths.size() <= MOST || row.depth().isEmpty())
        .toList();
  }

  private static String place(Episodes.Row row) {
    OptionalInt middle = row.place(.5);
    return middle.isEmpty()
        ? "–"
        : middle.getAsInt()
            + " ("
            + row.place(.25).getAsInt()
            + "–"
            + row.place(.75).getAsInt()
            + ")";
  }
}
