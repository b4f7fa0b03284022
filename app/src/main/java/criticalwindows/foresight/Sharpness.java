package criticalwindows.foresight;

import java.util.List;

/// A power to which all probabilities of forecasts are raised, before they are made to sum to 1
/// again: above 1 they say more, below 1 less.
///
/// @param power above 0
record Sharpness(double power) {
  private static final double WIDEST = 20;
  private static final double GOLDEN = (StrictMath.sqrt(5) - 1) / 2;
  private static final int STEPS = 40;

  /// The power between 1/20 and 20 under which counts are likeliest. The likelihood has one
  /// maximum, as it is concave in the power.
  ///
  /// @param forecasts at least one
  /// @param counts one for each
  static Sharpness fit(List<Forecast> forecasts, List<AnswerCounts> counts) {
    double low = -StrictMath.log(WIDEST);
    double high = StrictMath.log(WIDEST);
    for (int i = 0; i < STEPS; i++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (loss(left, forecasts, counts) < loss(right, forecasts, counts)) {
        high = right;
      } else {
        low = left;
      }
    }
    return new Sharpness(StrictMath.exp((low + high) / 2));
  }

  private static double loss(double log, List<Forecast> forecasts, List<AnswerCounts> counts) {
    Sharpness sharpness = new Sharpness(StrictMath.exp(log));
    double loss = 0;
    for (int i = 0; i < forecasts.size(); i++) {
      Forecast sharpened = sharpness.of(forecasts.get(i));
      for (int k = 0; k < sharpened.options(); k++) {
        double probability = StrictMath.max(ForecastScores.LEAST, sharpened.of(k));
        loss -= counts.get(i).of(k) * StrictMath.log(probability);
      }
    }
    return loss;
  }

  /// The forecast with this sharpness.
  Forecast of(Forecast forecast) {
    return Forecast.ofLogs(
        forecast.probabilities().stream()
            .mapToDouble(p -> power * StrictMath.log(StrictMath.max(Double.MIN_NORMAL, p)))
            .toArray());
  }
}
