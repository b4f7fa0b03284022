package criticalwindows.probestudy;

import criticalwindows.probe.HeldOutForecasts;
import criticalwindows.probe.ProbeRow;
import criticalwindows.probe.Target;
import criticalwindows.stats.ClusteredArea;
import criticalwindows.stats.Holm;
import criticalwindows.stats.Ratio;
import criticalwindows.study.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/// The forecasts that a cell has, with what they are judged by. Each text counts the same, whatever
/// the number of its places.
final class KeptForecasts {
  static final String PROBE = "probe";
  static final String BASE_RATE = "base rate";

  /// These are probes too, and no baselines.
  private static final List<String> PROBES = List.of(PROBE, "attention", "max");

  /// In which tables have them; others follow.
  private static final List<String> ORDER =
      List.of(
          PROBE,
          "attention",
          "max",
          BASE_RATE,
          "position",
          "item's prior",
          "early answer",
          "surprise",
          "bag of words",
          "first token",
          "ratio");

  private final Measured cell;
  private final List<Row> rows = new ArrayList<>();

  /// @param cell as [CellWriter] wrote it
  KeptForecasts(Measured cell) {
    this.cell = cell;
    values(CellWriter.EXACT)
        .forEach(
            (key, exact) ->
                rows.add(
                    new Row(
                        key,
                        Keys.textOf(key),
                        Keys.keptOf(key),
                        exact,
                        (int) at(CellWriter.COUNT, key),
                        (int) at(CellWriter.TRIALS, key))));
  }

  /// A place of a text.
  ///
  /// @param exact the probability that is to be foretold
  /// @param yes of the trials
  record Row(String key, String text, int kept, double exact, int yes, int trials) {}

  /// All places, text by text.
  List<Row> rows() {
    return List.copyOf(rows);
  }

  Map<String, Double> values(String measure) {
    return cell.values().getOrDefault(measure, Map.of());
  }

  double at(String measure, String key) {
    return Optional.ofNullable(values(measure).get(key))
        .orElseThrow(() -> new IllegalArgumentException("no " + measure + " of " + key));
  }

  /// The forecasters, probes first.
  List<String> names() {
    return ORDER.stream().filter(name -> !values(CellWriter.ODDS + name).isEmpty()).toList();
  }

  /// Those that a probe has to beat.
  List<String> baselines() {
    return names().stream().filter(name -> !PROBES.contains(name)).toList();
  }

  /// A forecast, in (0, 1).
  double forecast(String name, Row row) {
    return 1 / (1 + StrictMath.exp(-at(CellWriter.ODDS + name, row.key)));
  }

  private double squared(String name, Row row) {
    double apart = forecast(name, row) - row.exact;
    return apart * apart;
  }

  /// The mean of (forecast − exact probability)² over texts; absent where there is no such place.
  Optional<Ratio> excess(String name, Predicate<Row> which) {
    return mean(which, row -> squared(name, row));
  }

  private Optional<Ratio> mean(Predicate<Row> which, ToDoubleFunction<Row> value) {
    Map<String, List<Double>> byText = new TreeMap<>();
    rows.stream()
        .filter(which)
        .forEach(
            row ->
                byText
                    .computeIfAbsent(row.text, text -> new ArrayList<>())
                    .add(value.applyAsDouble(row)));
    List<Double> means =
        byText.values().stream()
            .map(all -> all.stream().mapToDouble(each -> each).average().orElseThrow())
            .toList();
    return means.isEmpty() ? Optional.empty() : Optional.of(Ratio.mean(means));
  }

  /// The area under the curve of what came out, each text counting the same; absent where one kind
  /// is missing.
  Optional<ClusteredArea> area(String name, Predicate<Row> which) {
    Map<String, Integer> counts = new TreeMap<>();
    rows.stream().filter(which).forEach(row -> counts.merge(row.text, 1, Integer::sum));
    Map<String, Integer> index = new TreeMap<>();
    List<ClusteredArea.Row> all = new ArrayList<>();
    rows.stream()
        .filter(which)
        .forEach(
            row -> {
              int text = index.computeIfAbsent(row.text, id -> index.size());
              double weight = 1.0 / counts.getOrDefault(row.text, 1);
              double share = (double) row.yes / row.trials;
              all.add(
                  new ClusteredArea.Row(
                      text, forecast(name, row), weight * share, weight * (1 - share)));
            });
    return ClusteredArea.of(all, StrictMath.max(1, index.size()));
  }

  /// The probe against a baseline.
  ///
  /// @param value (forecast − exact)² of the probe less that of the other: below 0 the probe is
  ///   better
  /// @param p after Holm's correction over all baselines
  record Difference(String other, Ratio value, double p) {
    private static final double ALPHA = .05;

    boolean better() {
      return p < ALPHA && value.estimate() < 0;
    }

    boolean worse() {
      return p < ALPHA && value.estimate() > 0;
    }
  }

  /// The probe against each baseline.
  List<Difference> differences(Predicate<Row> which) {
    List<String> others = baselines();
    List<Ratio> values =
        others.stream()
            .map(
                other ->
                    mean(which, row -> squared(PROBE, row) - squared(other, row)).orElseThrow())
            .toList();
    List<Double> p = Holm.adjusted(values.stream().map(Ratio::pValue).toList());
    List<Difference> all = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      all.add(new Difference(others.get(i), values.get(i), p.get(i)));
    }
    return all;
  }

  /// Forecasts as tables of probes judge them.
  HeldOutForecasts held(String name, Predicate<Row> which) {
    List<ProbeRow> chosen = new ArrayList<>();
    List<double[]> forecasts = new ArrayList<>();
    for (Row row : rows) {
      if (which.test(row)) {
        Target target = Target.counts(row.yes, row.trials - row.yes);
        int length = values(CellWriter.LENGTH).getOrDefault(row.text, 0.0).intValue();
        chosen.add(new ProbeRow(chosen.size(), row.text, "", row.text, row.kept, length, target));
        double q = forecast(name, row);
        forecasts.add(new double[] {q, 1 - q});
      }
    }
    return new HeldOutForecasts(name, chosen, forecasts.toArray(double[][]::new));
  }
}
