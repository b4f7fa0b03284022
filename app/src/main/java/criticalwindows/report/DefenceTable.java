package criticalwindows.report;

import criticalwindows.cot.MeanShare;
import criticalwindows.defence.Defence;
import criticalwindows.defence.DefenceStudy.Row;
import criticalwindows.defence.SameCost;
import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What defences came to: by depth beside plain replies, and over all depths beside as many plain
/// replies as cost the same.
final class DefenceTable {
  private static final int NAME = 28;

  private DefenceTable() {}

  /// A table with what is above it.
  record Titled(String title, View<?> view) {}

  private static final List<Column<Row>> COSTS =
      List.of(
          new Column<>("family", "of requests", row -> TerminalText.line(row.family(), NAME)),
          new Column<>("defence", "its name", row -> shown(row.defence())),
          new Column<>("plain", "share without it", row -> share(row.plain())),
          new Column<>("with it", "share with it", row -> share(row.defended())),
          new Column<>(
              "difference", "with it less without, request by request", DefenceTable::paired),
          new Column<>("ended", "replies that it ended", row -> share(row.stopped())),
          new Column<>(
              "tokens",
              "sampled for a reply, what is thrown away included, and for a plain one",
              row ->
                  Numbers.tenth(row.cost().tokens()) + " : " + Numbers.tenth(row.cost().plain())),
          new Column<>(
              "any refusal",
              "share where as many plain replies as cost the same, or one where it costs less, are"
                  + " refused if any of them is",
              row -> share(row, SameCost.ANY_REFUSAL)),
          new Column<>(
              "majority",
              "the same where more than half of them must comply",
              row -> share(row, SameCost.MAJORITY)));

  /// Lines for the terminal.
  static List<String> lines(List<Titled> tables) {
    List<String> lines = new ArrayList<>();
    for (Titled table : tables) {
      lines.add(table.title());
      lines.addAll(table.view().saying().lines("means over requests with 95 % intervals"));
      lines.add("");
    }
    return lines;
  }

  /// A table for each family, by depth; then one of all depths together.
  static List<Titled> tables(CotStudy study) {
    List<Row> rows = study.defences().rows();
    String label = Followed.label(study).orElse("share");
    List<Titled> tables = new ArrayList<>();
    for (String family : rows.stream().map(Row::family).distinct().toList()) {
      List<Row> own = rows.stream().filter(row -> row.family().equals(family)).toList();
      tables.add(
          new Titled(
              label + " by what was given and by defence: " + TerminalText.line(family, NAME),
              byDepth(own)));
    }
    if (!rows.isEmpty()) {
      List<Row> whole = rows.stream().filter(row -> row.depth().isEmpty()).toList();
      tables.add(
          new Titled(label + " over all depths, and what it costs", new View<>(COSTS, whole)));
    }
    return tables;
  }

  private static View<Integer> byDepth(List<Row> rows) {
    List<Column<Integer>> columns = new ArrayList<>();
    columns.add(new Column<>("tokens", "that were given", depth -> Numbers.count(depth)));
    columns.add(
        new Column<>(
            "plain",
            "without a defence",
            depth -> at(rows, depth).map(row -> share(row.plain())).orElse("–")));
    for (Defence defence : rows.stream().map(Row::defence).distinct().toList()) {
      List<Row> own = rows.stream().filter(row -> row.defence().equals(defence)).toList();
      columns.add(
          new Column<>(
              shown(defence),
              meaning(defence),
              depth -> at(own, depth).map(row -> share(row.defended())).orElse("–")));
      columns.add(
          new Column<>(
              "less plain",
              "the difference, request by request",
              depth -> at(own, depth).map(DefenceTable::paired).orElse("–")));
    }
    List<Integer> depths =
        rows.stream()
            .flatMapToInt(row -> row.depth().stream())
            .distinct()
            .sorted()
            .boxed()
            .toList();
    return new View<>(columns, depths);
  }

  private static String meaning(Defence defence) {
    return switch (defence) {
      case Defence.Header header ->
          "the assistant's header put in after every "
              + header.every()
              + " sampled tokens, and a refusal there ends the reply";
      case Defence.Hint hint -> "that text put in at the cut";
    };
  }

  private static Optional<Row> at(List<Row> rows, int depth) {
    return rows.stream().filter(row -> row.depth().equals(OptionalInt.of(depth))).findFirst();
  }

  private static String shown(Defence defence) {
    return TerminalText.line(defence.shown(), NAME);
  }

  private static String share(ProblemMean mean) {
    return Numbers.share(mean.estimate(), mean.interval(MeanShare.LEVEL));
  }

  private static String share(Row row, SameCost way) {
    return Optional.ofNullable(row.sameCost().get(way)).map(DefenceTable::share).orElse("–");
  }

  private static String paired(Row row) {
    String estimate = Numbers.signed(row.paired().estimate());
    Optional<Interval> interval = row.paired().interval(MeanShare.LEVEL);
    return interval.map(known -> estimate + " " + Numbers.interval(known)).orElse(estimate);
  }
}
