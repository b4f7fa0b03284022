package criticalwindows.model;

/// How a distribution spreads, which is given as weights in [0, 1] that need not sum to 1.
///
/// @param logSum of the weights
/// @param entropy in nats
/// @param variance of the log-probability
/// @param colder natural logarithm of the sum of the weights' powers of 11/8, which belong to 8/11
///   of the temperature
/// @param cooler of 9/8
/// @param warmer of 7/8
/// @param hotter of 5/8
record Spread(
    double logSum,
    double entropy,
    double variance,
    double colder,
    double cooler,
    double warmer,
    double hotter) {

  /// Of these weights, at least one of which is not 0.
  static Spread of(double[] weights) {
    double sum = 0;
    double mean = 0;
    double squares = 0;
    double[] tilted = new double[4];
    for (double weight : weights) {
      if (weight > 0) {
        double quarter = Math.sqrt(Math.sqrt(weight));
        double eighth = Math.sqrt(quarter);
        double log = Math.log(weight);
        sum += weight;
        mean += weight * log;
        squares += weight * log * log;
        tilted[0] += weight * quarter * eighth;
        tilted[1] += weight * eighth;
        tilted[2] += weight / eighth;
        tilted[3] += weight / (quarter * eighth);
      }
    }
    mean /= sum;
    return new Spread(
        Math.log(sum),
        Math.max(0, Math.log(sum) - mean),
        Math.max(0, squares / sum - mean * mean),
        Math.log(tilted[0]),
        Math.log(tilted[1]),
        Math.log(tilted[2]),
        Math.log(tilted[3]));
  }

  /// The log-probability of what has this weight, above its mean.
  double excess(double weight) {
    return Math.log(weight) - logSum + entropy;
  }

  /// How many times as likely what has this weight is at other temperatures.
  Prediction.Ratios ratios(double weight) {
    if (weight == 0) {
      return Prediction.Ratios.NONE;
    }
    double log = Math.log(weight);
    return new Prediction.Ratios(
        (float) (3 * log / 8 - colder + logSum),
        (float) (log / 8 - cooler + logSum),
        (float) (-log / 8 - warmer + logSum),
        (float) (-3 * log / 8 - hotter + logSum));
  }
}
