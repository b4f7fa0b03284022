package criticalwindows.export;

import criticalwindows.probe.AlongText;
import criticalwindows.probe.ProbeCurve;
import criticalwindows.tables.Table;
import criticalwindows.tables.Table.Cell;
import criticalwindows.tables.Table.Column;
import criticalwindows.tables.TableFolder;
import java.util.Collection;
import java.util.List;

/// What probes forecast along the originals of a run, as a table.
public final class AlongExport {
  /// A row for each problem, probe and place.
  public static final Table TABLE =
      new Table(
          "probes",
          "a row for each problem, probe and token count at which the probe was asked",
          List.of(
              new Column("problem", Table.Type.TEXT, "the problem's id, a hash of its content"),
              new Column("probe", Table.Type.TEXT, "the probe's name"),
              new Column("class", Table.Type.TEXT, "whose probability it forecasts"),
              new Column("kept", Table.Type.WHOLE, "response tokens that it had read"),
              new Column("probability", Table.Type.REAL, "its forecast, in [0, 1]"),
              new Column(
                  "entropy",
                  Table.Type.REAL,
                  "of the model's prediction of the token that comes next, in nats; absent where it"
                      + " was not recorded"),
              new Column(
                  "ratio",
                  Table.Type.REAL,
                  "log-likelihood ratio of that token, unaligned less aligned, in nats; absent"
                      + " where no two models were asked")));

  private AlongExport() {}

  /// Writes all rows.
  ///
  /// @param tables made for [#TABLE] too
  public static void write(Collection<AlongText> texts, TableFolder tables) {
    for (AlongText text : texts) {
      for (ProbeCurve curve : text.probes()) {
        for (int i = 0; i < curve.kept().size(); i++) {
          tables.add(
              TABLE,
              List.of(
                  new Cell.Text(text.item()),
                  new Cell.Text(curve.probe()),
                  new Cell.Text(curve.about()),
                  new Cell.Whole(curve.kept().get(i)),
                  new Cell.Real(curve.probability().get(i)),
                  at(text.entropy(), curve.kept().get(i)),
                  at(text.ratio(), curve.kept().get(i))));
        }
      }
    }
  }

  private static Cell at(List<Double> values, int token) {
    return token < values.size() ? new Cell.Real(values.get(token)) : new Cell.Absent();
  }
}
