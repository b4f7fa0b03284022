package criticalwindows.stats;

/// How likely counts are by a rate, where the judge's errors are whatever makes them likeliest: the
/// profile likelihood.
///
/// @param positive texts that were called positive
/// @param negative texts that were called negative
/// @param hit positive texts of the calibration that were called so
/// @param miss positive ones that were called negative
/// @param alarm negative ones that were called positive
/// @param pass negative ones that were called so
record ErrorLikelihood(
    double positive, double negative, double hit, double miss, double alarm, double pass) {
  /// Added to each count of a calibration.
  private static final double PRIOR = .5;

  private static final int MOST_STEPS = 100;

  /// Of counts that need not be whole.
  static ErrorLikelihood of(double positive, double trials, JudgeErrors errors) {
    Proportion sensitivity = errors.sensitivity();
    Proportion specificity = errors.specificity();
    return new ErrorLikelihood(
        positive,
        trials - positive,
        sensitivity.successes() + PRIOR,
        sensitivity.trials() - sensitivity.successes() + PRIOR,
        specificity.trials() - specificity.successes() + PRIOR,
        specificity.successes() + PRIOR);
  }

  /// The likeliest rate.
  double peak() {
    double called = hit / (hit + miss);
    double falsely = alarm / (alarm + pass);
    double share = positive / (positive + negative);
    return called > falsely
        ? Math.clamp((share - falsely) / (called - falsely), 0, 1)
        : share > called ? 1 : 0;
  }

  /// The greatest log-likelihood.
  double best() {
    return at(peak());
  }

  /// The log-likelihood of a rate in [0, 1], but for a constant. It is concave in both errors, so
  /// Newton's steps, each short enough to gain, end at its maximum.
  double at(double rate) {
    double called = hit / (hit + miss);
    double falsely = alarm / (alarm + pass);
    double now = log(rate, called, falsely);
    for (int i = 0; i < MOST_STEPS; i++) {
      double share = rate * called + (1 - rate) * falsely;
      double slope = positive / share - negative / (1 - share);
      double bend = positive / (share * share) + negative / ((1 - share) * (1 - share));
      double g1 = rate * slope + hit / called - miss / (1 - called);
      double g2 = (1 - rate) * slope + alarm / falsely - pass / (1 - falsely);
      double h11 = rate * rate * bend + curve(hit, miss, called);
      double h22 = (1 - rate) * (1 - rate) * bend + curve(alarm, pass, falsely);
      double h12 = rate * (1 - rate) * bend;
      double determinant = h11 * h22 - h12 * h12;
      double d1 = (h22 * g1 - h12 * g2) / determinant;
      double d2 = (h11 * g2 - h12 * g1) / determinant;
      double gain = g1 * d1 + g2 * d2;
      if (gain < 1e-12) {
        return now;
      }
      double step = StrictMath.min(1, .9 * StrictMath.min(room(called, d1), room(falsely, d2)));
      double then = log(rate, called + step * d1, falsely + step * d2);
      while (then < now + 1e-4 * step * gain && step > 1e-12) {
        step /= 2;
        then = log(rate, called + step * d1, falsely + step * d2);
      }
      called += step * d1;
      falsely += step * d2;
      now = then;
    }
    return now;
  }

  private double log(double rate, double called, double falsely) {
    double share = rate * called + (1 - rate) * falsely;
    return log(positive, share)
        + log(negative, 1 - share)
        + log(hit, called)
        + log(miss, 1 - called)
        + log(alarm, falsely)
        + log(pass, 1 - falsely);
  }

  private static double log(double count, double probability) {
    return count == 0 ? 0 : count * StrictMath.log(probability);
  }

  private static double curve(double yes, double no, double probability) {
    return yes / (probability * probability) + no / ((1 - probability) * (1 - probability));
  }

  /// How many such steps there are to the bound of [0, 1].
  private static double room(double value, double step) {
    return step > 0 ? (1 - value) / step : step < 0 ? -value / step : Double.POSITIVE_INFINITY;
  }
}
