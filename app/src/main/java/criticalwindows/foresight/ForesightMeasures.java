package criticalwindows.foresight;

import criticalwindows.study.Measured;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Scores forecasts at all cuts of held-out responses. A problem's value is the mean over its
/// responses, and a response's the mean over its cuts, the end left out; drift and reversal are of
/// whole responses, from before the first token to the end.
///
/// @param data with the responses
/// @param exact how likely each option is at each of their prefixes
record ForesightMeasures(ForesightData data, List<Forecast> exact) {
  static final String EXCESS = "excess";
  static final String BRIER = "brier";
  static final String LOG = "log";
  static final String COUNTED = "excess-counts";
  static final String DRIFT = "drift";
  static final String REVERSAL = "reversal";

  /// Parts of a response whose scores are kept apart, for a figure.
  static final int PARTS = 5;

  ForesightMeasures {
    exact = List.copyOf(exact);
  }

  static ForesightMeasures of(ForesightData data) {
    return new ForesightMeasures(
        data, ForesightData.prefixes(data.test()).stream().map(Prefix::exact).toList());
  }

  /// The measure of a part.
  ///
  /// @param part counted from 0
  static String excess(int part) {
    return EXCESS + " " + part;
  }

  /// A sum and of how many.
  private static final class Sum {
    private double sum;
    private int count;

    void add(double value) {
      sum += value;
      count++;
    }

    double mean() {
      return sum / count;
    }
  }

  /// What is gathered of a problem, by measure.
  private record Item(Map<String, Sum> sums) {
    void add(String measure, double value) {
      sums.computeIfAbsent(measure, name -> new Sum()).add(value);
    }
  }

  /// The scores of these forecasts.
  ///
  /// @param forecasts at all prefixes of all responses, in their order
  Measured of(List<Forecast> forecasts) {
    return of(forecasts, Map.of());
  }

  /// The same, with facts about how they came to be.
  Measured of(List<Forecast> forecasts, Map<String, Double> facts) {
    Map<String, Item> items = new LinkedHashMap<>();
    int from = 0;
    for (CutResponse response : data.test()) {
      Item item = items.computeIfAbsent(response.problem().id(), id -> new Item(new HashMap<>()));
      int to = from + response.prefixes().size();
      add(response, from, forecasts.subList(from, to), item);
      from = to;
    }
    Measured.Builder measured = new Measured.Builder();
    facts.forEach(measured::fact);
    measured.fact("responses", data.test().size());
    measured.fact("outside", data.outside());
    measured.fact("unread", data.unread());
    items.forEach(
        (id, item) -> item.sums.forEach((measure, sum) -> measured.value(measure, id, sum.mean())));
    return measured.build();
  }

  private void add(CutResponse response, int from, List<Forecast> along, Item item) {
    Item own = new Item(new HashMap<>());
    for (int i = 0; i < response.cut().size(); i++) {
      Forecast forecast = along.get(i);
      Forecast right = exact.get(from + i);
      double excess = ForecastScores.excess(forecast, right);
      own.add(EXCESS, excess);
      own.add(BRIER, ForecastScores.brier(forecast, right));
      own.add(LOG, ForecastScores.log(forecast, right));
      own.add(excess((int) (PARTS * response.cut().get(i).share())), excess);
      AnswerCounts counts = data.checked().get(from + i);
      if (counts != null) {
        own.add(COUNTED, ForecastScores.excess(forecast, counts));
      }
    }
    own.sums.forEach((measure, sum) -> item.add(measure, sum.mean()));
    item.add(DRIFT, ForecastScores.drift(along, response.problem().right()));
    item.add(REVERSAL, ForecastScores.reversal(along));
  }
}
