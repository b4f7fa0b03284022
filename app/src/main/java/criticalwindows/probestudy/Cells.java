package criticalwindows.probestudy;

import criticalwindows.figure.SeriesFigure;
import criticalwindows.probe.ForecastMeasure;
import criticalwindows.probe.Measured;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import criticalwindows.study.StudyTables;
import criticalwindows.view.Column;
import criticalwindows.view.Numbers;
import criticalwindows.view.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How numbers of this study stand in tables and figures.
final class Cells {
  static final String NONE = "–";
  static final String EXCESS = "mean of (forecast − exact probability)², 0 at best";

  private Cells() {}

  /// A mean of squares with its 95 % interval over texts.
  static String shown(Optional<Ratio> ratio) {
    return ratio
        .map(
            it ->
                Numbers.of(it.estimate(), 4)
                    + " "
                    + Numbers.interval(it.interval(.95, Interval.SHARE), 4))
        .orElse(NONE);
  }

  /// With its interval, where it has one.
  static String shown(ForecastMeasure measure, Optional<Measured> value) {
    boolean alone =
        switch (measure) {
          case DRIFT, PULL, MARTINGALE, CALIBRATION_NOISE -> true;
          case AREA, BRIER, BEYOND, LOG, SKILL, CALIBRATION, CAUGHT_1, CAUGHT_5 -> false;
        };
    return value
        .map(it -> alone ? Numbers.fine(it.estimate()) : Numbers.fine(it.estimate(), it.interval()))
        .orElse(NONE);
  }

  static Column<String> forecaster() {
    return new Column<>("forecast", "by what it is made", name -> name);
  }

  /// The probe against each baseline.
  static String differences(List<KeptForecasts.Difference> differences) {
    return StudyTables.markdown(
        new View<>(
            List.of(
                new Column<KeptForecasts.Difference>(
                    "against", "the baseline", KeptForecasts.Difference::other),
                new Column<>(
                    "difference",
                    EXCESS
                        + ": the probe's less the baseline's, in pairs, with the 95 % interval over"
                        + " texts; below 0 the probe is better",
                    row -> ProbesFinding.shown(row.value())),
                new Column<>(
                    "p",
                    "how often chance alone gives as much, after Holm's correction for all rows",
                    row -> Numbers.of(row.p(), 4))),
            differences));
  }

  /// A row for what a probe was fitted to, a column for what it was judged on.
  static String transfers(Map<String, Double> facts) {
    List<String> groups =
        facts.keySet().stream()
            .filter(name -> name.startsWith(CellWriter.LOG))
            .map(name -> name.substring(CellWriter.LOG.length()).replaceFirst(" to .*", ""))
            .distinct()
            .toList();
    List<Column<String>> columns = new ArrayList<>();
    columns.add(new Column<>("fitted to", "the family of items", name -> name));
    for (String to : groups) {
      columns.add(
          new Column<>(
              to,
              "area under the curve on "
                  + to
                  + ", and in brackets the share of its base rate's log score that is saved, below"
                  + " 0 where it is worse; on its own family by cross-validation",
              from -> transfer(facts, from + " to " + to)));
    }
    return groups.isEmpty()
        ? "There are too few items for a matrix."
        : StudyTables.markdown(new View<>(columns, groups));
  }

  private static String transfer(Map<String, Double> facts, String pair) {
    Double log = facts.get(CellWriter.LOG + pair);
    Double rate = facts.get(CellWriter.RATE + pair);
    Double area = facts.get(CellWriter.AREA + pair);
    String saved = log == null || rate == null || rate == 0 ? NONE : Numbers.share(1 - log / rate);
    return (area == null ? NONE : Numbers.share(area)) + " (" + saved + ")";
  }

  static SeriesFigure.Value value(double x, Ratio ratio) {
    return new SeriesFigure.Value(x, ratio.estimate(), ratio.interval(.95, Interval.SHARE));
  }
}
