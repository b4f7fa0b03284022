package criticalwindows.stats;

/// Wilson's score interval.
///
/// *Source:* Wilson, "Probable inference, the law of succession, and statistical inference", JASA
/// 22 (1927) 209–212.
final class Wilson {
  private Wilson() {}

  /// The probabilities p that a two-sided z test at this level would not reject.
  ///
  /// @param estimate in [0, 1]
  /// @param trials more than 0; need not be whole
  /// @param z the normal quantile of the level
  static Interval interval(double estimate, double trials, double z) {
    double share = z * z / trials;
    double centre = (estimate + share / 2) / (1 + share);
    double half =
        z
            * StrictMath.sqrt(estimate * (1 - estimate) / trials + share / (4 * trials))
            / (1 + share);
    double low = estimate == 0 ? 0 : StrictMath.max(0, centre - half);
    double high = estimate == 1 ? 1 : StrictMath.min(1, centre + half);
    return new Interval(low, high);
  }
}
