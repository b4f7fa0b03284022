package criticalwindows.testbed;

import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Ratio;

/// A measured value and how sure it is.
///
/// @param interval at [#LEVEL]
/// @param count of what was measured: replies, decisions, problems
/// @param noise the standard error of the value if the model were exactly at its bar, or, where
///   that says nothing, as the sample shows it
public record Estimate(double value, Interval interval, long count, double noise) {
  /// The confidence of every interval.
  public static final double LEVEL = .95;

  /// A share with Wilson's interval.
  ///
  /// @param supposed the probability at which the noise is computed, in [0, 1]
  static Estimate share(Proportion share, double supposed) {
    double noise = Math.sqrt(supposed * (1 - supposed) / share.trials());
    return new Estimate(share.estimate(), share.wilson(LEVEL), share.trials(), noise);
  }

  /// A ratio with its own standard error.
  ///
  /// @param possible the values that it can have
  static Estimate ratio(Ratio ratio, Interval possible, long count) {
    Interval interval = ratio.interval(LEVEL, possible);
    return new Estimate(ratio.estimate(), interval, count, ratio.standardError());
  }

  /// The same with another noise.
  Estimate withNoise(double exact) {
    return new Estimate(value, interval, count, exact);
  }
}
