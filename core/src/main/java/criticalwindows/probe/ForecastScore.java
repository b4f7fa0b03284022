package criticalwindows.probe;

import criticalwindows.stats.Beta;
import criticalwindows.stats.CalibrationError;
import criticalwindows.stats.ClusteredArea;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Ratio;
import criticalwindows.stats.StepTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// How good forecasts are at some rows. Every item counts the same: a row counts by one over the
/// rows of its item among these. All intervals are at 95 %, and allow for rows of an item being
/// alike.
final class ForecastScore {
  private static final double LEVEL = .95;
  private static final int BINS = 10;

  private final HeldOutForecasts forecasts;
  private final int[] rows;
  private final double[] weights;
  private final int[] items;
  private final int count;

  /// @param rows indices of rows, at least one
  ForecastScore(HeldOutForecasts forecasts, int[] rows) {
    this.forecasts = forecasts;
    this.rows = rows.clone();
    List<ProbeRow> chosen = IntStream.of(rows).mapToObj(forecasts.rows()::get).toList();
    weights = ProbeSearch.weights(chosen);
    Map<String, Integer> index = new TreeMap<>();
    chosen.forEach(row -> index.putIfAbsent(row.item(), index.size()));
    items = chosen.stream().mapToInt(row -> index.getOrDefault(row.item(), 0)).toArray();
    count = index.size();
  }

  /// How many items there are.
  int items() {
    return count;
  }

  /// What no forecast can take away of these rows.
  OutcomeNoise noise() {
    return OutcomeNoise.of(IntStream.of(rows).mapToObj(forecasts.rows()::get).toList(), weights);
  }

  private Target target(int i) {
    return forecasts.rows().get(rows[i]).target();
  }

  /// All measures that exist at these rows.
  ///
  /// @param base the base rate's forecasts of the same rows
  Map<ForecastMeasure, Measured> measures(HeldOutForecasts base) {
    Map<ForecastMeasure, Measured> found = new EnumMap<>(ForecastMeasure.class);
    area()
        .ifPresent(
            area ->
                found.put(
                    ForecastMeasure.AREA, new Measured(area.estimate(), area.interval(LEVEL))));
    found.put(ForecastMeasure.BRIER, measured(mean(i -> forecasts.brier(rows[i])), Interval.SHARE));
    beyond().ifPresent(beyond -> found.put(ForecastMeasure.BEYOND, beyond));
    found.put(ForecastMeasure.LOG, measured(mean(i -> forecasts.log(rows[i])), Interval.POSITIVE));
    found.put(ForecastMeasure.SKILL, skill(base));
    calibration(found);
    caught(.01).ifPresent(caught -> found.put(ForecastMeasure.CAUGHT_1, caught));
    caught(.05).ifPresent(caught -> found.put(ForecastMeasure.CAUGHT_5, caught));
    return found;
  }

  private static Measured measured(Ratio ratio, Interval possible) {
    return new Measured(ratio.estimate(), ratio.interval(LEVEL, possible));
  }

  /// The mean over rows, by items.
  Ratio mean(IntToDoubleFunction value) {
    return ratio(value, i -> 1);
  }

  private Ratio ratio(IntToDoubleFunction part, IntToDoubleFunction whole) {
    double[] parts = new double[count];
    double[] wholes = new double[count];
    for (int i = 0; i < rows.length; i++) {
      parts[items[i]] += weights[i] * part.applyAsDouble(i);
      wholes[items[i]] += weights[i] * whole.applyAsDouble(i);
    }
    return Ratio.of(
        IntStream.range(0, count)
            .mapToObj(item -> new Ratio.Share(parts[item], wholes[item]))
            .toList());
  }

  /// The area of the first class.
  Optional<ClusteredArea> area() {
    List<ClusteredArea.Row> all = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      double p = target(i).share(0);
      all.add(
          new ClusteredArea.Row(
              items[i], forecasts.of(rows[i], 0), weights[i] * p, weights[i] * (1 - p)));
    }
    return ClusteredArea.of(all, count);
  }

  private Optional<Measured> beyond() {
    if (IntStream.range(0, rows.length).allMatch(i -> target(i).trials() == 1)) {
      return Optional.empty();
    }
    Ratio ratio =
        ratio(
            i ->
                target(i).trials() == 1
                    ? 0
                    : forecasts.brier(rows[i]) - OutcomeNoise.brier(target(i)),
            i -> target(i).trials() == 1 ? 0 : 1);
    return Optional.of(measured(ratio, Interval.DIFFERENCE));
  }

  private Measured skill(HeldOutForecasts base) {
    double all = mean(i -> base.log(rows[i], target(i))).estimate();
    if (!(all > 0)) {
      return new Measured(0, new Interval(0, 0));
    }
    Ratio saved =
        ratio(
            i -> base.log(rows[i], target(i)) - forecasts.log(rows[i]),
            i -> base.log(rows[i], target(i)));
    return measured(saved, new Interval(Double.NEGATIVE_INFINITY, 1));
  }

  private void calibration(Map<ForecastMeasure, Measured> found) {
    List<CalibrationError.Row> all = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      all.add(
          new CalibrationError.Row(
              items[i], forecasts.of(rows[i], 0), target(i).share(0), weights[i]));
    }
    CalibrationError error = CalibrationError.of(all, count, BINS);
    found.put(ForecastMeasure.CALIBRATION, new Measured(error.estimate(), error.interval(LEVEL)));
    found.put(
        ForecastMeasure.CALIBRATION_NOISE,
        new Measured(error.noise(), new Interval(error.noise(), error.noise())));
  }

  /// The share of the first class above a threshold that a share of the others may pass. The
  /// interval is the wider of two: by items, and Clopper's and Pearson's of the counts, which is
  /// exact where each item has one outcome. The threshold is taken as it is.
  private Optional<Measured> caught(double share) {
    double yes = 0;
    double no = 0;
    for (int i = 0; i < rows.length; i++) {
      yes += weights[i] * target(i).share(0);
      no += weights[i] * (1 - target(i).share(0));
    }
    if (!(yes > 0 && no > 0)) {
      return Optional.empty();
    }
    double threshold = threshold(share * no);
    Ratio ratio =
        ratio(
            i -> forecasts.of(rows[i], 0) > threshold ? target(i).share(0) : 0,
            i -> target(i).share(0));
    Interval byItems = ratio.interval(LEVEL, Interval.SHARE);
    Interval exact = exact(threshold);
    return Optional.of(
        new Measured(
            ratio.estimate(),
            new Interval(
                StrictMath.min(byItems.low(), exact.low()),
                StrictMath.max(byItems.high(), exact.high()))));
  }

  /// The lowest forecast above which at most this weight of the others lies.
  private double threshold(double most) {
    List<Integer> order =
        IntStream.range(0, rows.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -forecasts.of(rows[i], 0)))
            .toList();
    double passed = 0;
    for (int i : order) {
      passed += weights[i] * (1 - target(i).share(0));
      if (passed > most + 1e-12) {
        return forecasts.of(rows[i], 0);
      }
    }
    return 0;
  }

  /// Of counts; where probabilities are exact a row counts as one trial of its more likely side.
  private Interval exact(double threshold) {
    long found = 0;
    long all = 0;
    for (int i = 0; i < rows.length; i++) {
      Target target = target(i);
      int yes = target.trials() == 0 ? (target.share(0) >= .5 ? 1 : 0) : target.count(0);
      all += yes;
      found += forecasts.of(rows[i], 0) > threshold ? yes : 0;
    }
    return Beta.exact(new Proportion(found, all), LEVEL);
  }

  /// Whether the steps along texts can be foretold; rows of a text are taken in their order.
  StepTest steps() {
    List<StepTest.Move> moves = new ArrayList<>();
    Map<String, Integer> before = new TreeMap<>();
    for (int i = 0; i < rows.length; i++) {
      Integer last = before.put(forecasts.rows().get(rows[i]).text(), i);
      if (last != null) {
        moves.add(
            new StepTest.Move(items[i], forecasts.of(rows[last], 0), forecasts.of(rows[i], 0)));
      }
    }
    return StepTest.of(moves);
  }
}
