package criticalwindows.stats;

/// Whether two independent proportions differ, and by how much.
public final class TwoProportions {
  private TwoProportions() {}

  /// The two-sided p-value of the pooled z test, without continuity correction; 1 where nothing
  /// varies.
  ///
  /// *Source:* Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), 3.2.
  ///
  /// @param first share in [0, 1] of so many `firstTrials`, more than 0
  public static double pValue(
      double first, double firstTrials, double second, double secondTrials) {
    double pooled = (first * firstTrials + second * secondTrials) / (firstTrials + secondTrials);
    double variance = pooled * (1 - pooled) * (1 / firstTrials + 1 / secondTrials);
    if (!(variance > 0)) {
      return 1;
    }
    double z = StrictMath.abs(first - second) / StrictMath.sqrt(variance);
    return 2 * Normal.cumulative(-z);
  }

  /// An interval of the first proportion less the second, in [−1, 1]. With nothing tried of one of
  /// them, that one may be anything.
  ///
  /// *Source:* Newcombe, "Interval estimation for the difference between independent proportions:
  /// comparison of eleven methods", Statistics in Medicine 17 (1998) 873–890, method 10: Wilson's
  /// interval of each, joined as independent.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public static Interval difference(Proportion first, Proportion second, double level) {
    Interval one = first.wilson(level);
    Interval other = second.wilson(level);
    double ones = first.known() ? first.estimate() : .5;
    double others = second.known() ? second.estimate() : .5;
    double below = StrictMath.hypot(ones - one.low(), other.high() - others);
    double above = StrictMath.hypot(one.high() - ones, others - other.low());
    double difference = ones - others;
    return new Interval(
        StrictMath.max(-1, difference - below), StrictMath.min(1, difference + above));
  }
}
