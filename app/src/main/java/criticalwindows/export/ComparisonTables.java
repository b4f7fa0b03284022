package criticalwindows.export;

import criticalwindows.compare.Comparison;
import criticalwindows.tables.Table;
import criticalwindows.tables.Table.Cell;
import criticalwindows.tables.Table.Column;
import criticalwindows.tables.TableFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Runs compared, as a table for other programs.
public final class ComparisonTables {
  private static final Cell ABSENT = new Cell.Absent();

  /// A row for each quantity of two runs, and of three or more for its trend.
  public static final Table CHANGES =
      new Table(
          "changes",
          "a row for each quantity of two runs that are compared, and of three or more for its"
              + " trend",
          List.of(
              new Column("quantity", Table.Type.TEXT, "what is compared"),
              new Column("meaning", Table.Type.TEXT, "unit, range, and of which items it is"),
              new Column("kind", Table.Type.TEXT, "difference or trend"),
              new Column("first", Table.Type.TEXT, "the first run, by the name of its folder"),
              new Column(
                  "other",
                  Table.Type.TEXT,
                  "the run that is compared with it; of a trend the last"),
              new Column("items", Table.Type.WHOLE, "that have a value in all of these runs"),
              new Column(
                  "questions",
                  Table.Type.WHOLE,
                  "that these are about: items about one question count together as one"),
              new Column("first_mean", Table.Type.REAL, "mean over questions in the first run"),
              new Column("other_mean", Table.Type.REAL, "mean over questions in the other run"),
              new Column(
                  "change",
                  Table.Type.REAL,
                  "other less first, mean over questions; of a trend the slope of the least-squares"
                      + " line times the span of the places, mean over questions"),
              new Column(
                  "low",
                  Table.Type.REAL,
                  "95 % interval of change, from; absent with one question, and where all changes"
                      + " of a place or height are the same"),
              new Column("high", Table.Type.REAL, "to; absent likewise"),
              new Column(
                  "slope",
                  Table.Type.REAL,
                  "of a trend, for each unit of --at, or each run where that was not given; absent"
                      + " for a difference"),
              new Column(
                  "p", Table.Type.REAL, "two-sided p-value of the permutation test, in (0, 1]"),
              new Column(
                  "p_error",
                  Table.Type.REAL,
                  "its standard error where orders are drawn; absent: exact"),
              new Column(
                  "p_holm",
                  Table.Type.REAL,
                  "p adjusted by Holm's procedure for all rows, in (0, 1]")));

  private ComparisonTables() {}

  /// What their columns mean, as Markdown.
  public static String columns() {
    return "# Columns of what `cw compare` writes\n" + RunTables.explained(List.of(CHANGES));
  }

  /// Writes them.
  ///
  /// @param names of the runs
  /// @param span from the least place of a run in the series to the greatest, more than 0
  /// @param tables made for [#CHANGES]
  public static void write(
      Comparison comparison, List<String> names, double span, TableFolder tables) {
    for (Comparison.Row row : comparison.rows()) {
      List<Cell> cells = new ArrayList<>();
      cells.add(new Cell.Text(row.quantity().name()));
      cells.add(new Cell.Text(row.quantity().meaning()));
      cells.add(new Cell.Text(row.trend() ? "trend" : "difference"));
      cells.add(new Cell.Text(names.get(row.runs().getFirst())));
      cells.add(new Cell.Text(names.get(row.runs().getLast())));
      cells.add(new Cell.Whole(row.items()));
      cells.add(new Cell.Whole(row.questions()));
      cells.add(new Cell.Real(row.means().getFirst()));
      cells.add(new Cell.Real(row.means().getLast()));
      cells.add(new Cell.Real(row.change()));
      cells.add(real(row.interval().map(known -> known.low())));
      cells.add(real(row.interval().map(known -> known.high())));
      cells.add(row.trend() ? new Cell.Real(row.change() / span) : ABSENT);
      cells.add(new Cell.Real(row.p().value()));
      cells.add(real(boxed(row.p().error())));
      cells.add(new Cell.Real(row.adjusted()));
      tables.add(CHANGES, cells);
    }
  }

  private static Optional<Double> boxed(OptionalDouble value) {
    return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
  }

  private static Cell real(Optional<Double> value) {
    return value.filter(Double::isFinite).<Cell>map(Cell.Real::new).orElse(ABSENT);
  }
}
