package criticalwindows.probe;

import criticalwindows.stats.Holm;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import criticalwindows.stats.StepTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// How good forecasts of several forecasters are, at all places and by where these stand to the
/// window; what noise leaves to be reached; and the probe against each of the others.
///
/// @param lines of each forecaster and part that has rows
/// @param noise of each part that has rows
/// @param differences of the first forecaster from each other one that judges the same rows
public record ForecastTable(
    List<Line> lines, Map<WindowPart, OutcomeNoise> noise, List<Difference> differences) {
  public ForecastTable {
    lines = List.copyOf(lines);
    noise = java.util.Collections.unmodifiableMap(new TreeMap<>(noise));
    differences = List.copyOf(differences);
  }

  /// A line of the table.
  ///
  /// @param forecaster its name
  /// @param measures those that exist at these rows; drift, pull and the martingale test stand at
  ///   all places alone
  public record Line(
      String forecaster,
      WindowPart part,
      int rows,
      int items,
      Map<ForecastMeasure, Measured> measures) {
    public Line {
      measures = java.util.Collections.unmodifiableMap(new TreeMap<>(measures));
    }

    /// A measure; absent where it does not exist at these rows.
    public Optional<Measured> measure(ForecastMeasure measure) {
      return Optional.ofNullable(measures.get(measure));
    }
  }

  /// The first forecaster against another one, at all places: a mean over items in pairs.
  ///
  /// @param measure AREA, BRIER or LOG; the noise of outcomes is the same in both and cancels
  /// @param value of the first less that of the other
  /// @param pValue how often chance alone gives as much, by Student's t
  /// @param adjusted by Holm's method over the others, for this measure
  public record Difference(
      String other, ForecastMeasure measure, Measured value, double pValue, double adjusted) {}

  /// Judges forecasts.
  ///
  /// @param forecasts the probe's first; all of the same places. One with other targets, such as
  ///   shuffled ones, is judged by its own and compared with none
  /// @param base the base rate's, which may be among them
  /// @param windows of texts by id; see [WindowPart]
  public static ForecastTable of(
      List<HeldOutForecasts> forecasts, HeldOutForecasts base, Map<String, Interval> windows) {
    List<Line> lines = new ArrayList<>();
    Map<WindowPart, OutcomeNoise> noise = new TreeMap<>();
    for (WindowPart part : WindowPart.values()) {
      List<ProbeRow> rows = base.rows();
      int[] chosen =
          IntStream.range(0, rows.size())
              .filter(row -> part.holds(rows.get(row), windows))
              .toArray();
      if (chosen.length == 0 || (part == WindowPart.NONE && windows.isEmpty())) {
        continue;
      }
      noise.put(part, new ForecastScore(base, chosen).noise());
      for (HeldOutForecasts each : forecasts) {
        lines.add(line(each, base, part, chosen));
      }
    }
    return new ForecastTable(lines, noise, differences(forecasts));
  }

  private static Line line(
      HeldOutForecasts forecasts, HeldOutForecasts base, WindowPart part, int[] rows) {
    ForecastScore score = new ForecastScore(forecasts, rows);
    Map<ForecastMeasure, Measured> measures = new TreeMap<>(score.measures(base));
    if (part == WindowPart.ALL) {
      StepTest steps = score.steps();
      measures.put(ForecastMeasure.DRIFT, exactly(steps.drift()));
      measures.put(ForecastMeasure.PULL, exactly(steps.pull()));
      measures.put(ForecastMeasure.MARTINGALE, exactly(steps.pValue()));
    }
    return new Line(forecasts.name(), part, rows.length, score.items(), measures);
  }

  private static Measured exactly(double value) {
    return new Measured(value, new Interval(value, value));
  }

  private static List<Difference> differences(List<HeldOutForecasts> forecasts) {
    List<Difference> all = new ArrayList<>();
    List<HeldOutForecasts> others =
        forecasts.stream()
            .skip(1)
            .filter(other -> other.rows().equals(forecasts.getFirst().rows()))
            .toList();
    for (ForecastMeasure measure :
        List.of(ForecastMeasure.LOG, ForecastMeasure.BRIER, ForecastMeasure.AREA)) {
      List<String> names = new ArrayList<>();
      List<Ratio> found = new ArrayList<>();
      for (HeldOutForecasts other : others) {
        List<Ratio> difference = difference(forecasts.getFirst(), other, measure);
        difference.forEach(each -> names.add(other.name()));
        found.addAll(difference);
      }
      List<Double> p = found.stream().map(Ratio::pValue).toList();
      List<Double> adjusted = Holm.adjusted(p);
      for (int i = 0; i < found.size(); i++) {
        Measured value =
            new Measured(
                found.get(i).estimate(),
                found
                    .get(i)
                    .interval(
                        .95, new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)));
        all.add(new Difference(names.get(i), measure, value, p.get(i), adjusted.get(i)));
      }
    }
    return all;
  }

  /// None where there is no area.
  private static List<Ratio> difference(
      HeldOutForecasts one, HeldOutForecasts other, ForecastMeasure measure) {
    int[] rows = IntStream.range(0, one.rows().size()).toArray();
    ForecastScore score = new ForecastScore(one, rows);
    if (measure == ForecastMeasure.AREA) {
      return score
          .area()
          .flatMap(area -> new ForecastScore(other, rows).area().map(area::less))
          .stream()
          .toList();
    }
    return List.of(
        score.mean(
            row ->
                measure == ForecastMeasure.LOG
                    ? one.log(row) - other.log(row)
                    : one.brier(row) - other.brier(row)));
  }
}
