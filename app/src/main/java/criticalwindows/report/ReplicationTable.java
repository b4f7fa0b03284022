package criticalwindows.report;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.MeanShare;
import criticalwindows.cot.WindowTable;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.TwoProportions;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// A published study beside what was measured again.
public final class ReplicationTable {
  private static final List<Column<Row>> COLUMNS =
      List.of(
          new Column<>("data set", "its name", row -> TerminalText.line(row.dataset(), 30)),
          new Column<>(
              "problems",
              "with a response whose answer was read, and whose right answer is known",
              row -> Numbers.count(row.table().all().trials())),
          new Column<>("right", "of these", row -> share(row.table().all())),
          new Column<>(
              "windows",
              "of these, by the published rule: a jump of more than 0.5 between adjacent cuts",
              row -> share(row.table().windows())),
          new Column<>(
              "ΔAcc",
              "share of right answers without a window less that with one",
              row -> difference(row.accuracy(), row.table()::accuracyDifference)),
          new Column<>(
              "published ΔAcc",
              "in the interval: what was measured allows for it",
              row -> beside(row.published().accuracy(), row.accuracy())),
          new Column<>(
              "ΔCW",
              "share of windows where the answer is wrong less that where it is right",
              row -> difference(row.windows(), row.table()::windowDifference)),
          new Column<>(
              "published ΔCW", "likewise", row -> beside(row.published().window(), row.windows())));

  private ReplicationTable() {}

  /// What was published of a data set.
  ///
  /// @param accuracy ΔAcc, in [−1, 1]
  /// @param window ΔCW, in [−1, 1]
  public record Published(Optional<Double> accuracy, Optional<Double> window) {}

  /// A data set.
  public record Row(String dataset, WindowTable table, Published published) {
    /// @param findings of the run on it
    public static Row of(String dataset, List<CotFinding> findings, Published published) {
      List<CotFinding> known = findings.stream().filter(f -> f.gold().isPresent()).toList();
      return new Row(dataset, WindowTable.of(known), published);
    }

    private Optional<Interval> accuracy() {
      return interval(table.rightWithout(), table.rightWith());
    }

    private Optional<Interval> windows() {
      return interval(table.windowsWhereWrong(), table.windowsWhereRight());
    }

    private static Optional<Interval> interval(Proportion first, Proportion second) {
      return first.known() && second.known()
          ? Optional.of(TwoProportions.difference(first, second, MeanShare.LEVEL))
          : Optional.empty();
    }
  }

  /// The table.
  ///
  /// @param study what was published
  /// @param differs what is not as it was published, a line each
  public static String of(String study, List<Row> rows, List<String> differs) {
    List<String> lines = new ArrayList<>();
    lines.add(TerminalText.line("Replication of " + study));
    differs.forEach(line -> lines.add("  differs: " + TerminalText.line(line)));
    lines.add("");
    lines.addAll(
        new View<>(COLUMNS, rows)
            .lines("intervals: 95 %, Newcombe's for differences, of problems as independent"));
    return String.join("\n", lines) + "\n";
  }

  private static String share(Proportion share) {
    return share.known() ? Numbers.share(share.estimate(), share.wilson(MeanShare.LEVEL)) : "–";
  }

  private static String difference(Optional<Interval> interval, DoubleSupplier estimate) {
    return interval
        .map(known -> Numbers.signed(estimate.getAsDouble()) + " " + Numbers.interval(known))
        .orElse("–");
  }

  private static String beside(Optional<Double> published, Optional<Interval> measured) {
    return published
        .map(
            value ->
                Numbers.signed(value)
                    + measured
                        .map(known -> known.holds(value) ? ", in the interval" : ", outside")
                        .orElse(""))
        .orElse("–");
  }
}
