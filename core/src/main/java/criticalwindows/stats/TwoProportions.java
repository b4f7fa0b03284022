package criticalwindows.stats;

/// Whether two proportions differ.
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
}
