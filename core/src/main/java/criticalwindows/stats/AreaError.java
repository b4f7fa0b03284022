package criticalwindows.stats;

/// How far an area under a curve lies from the true one by chance, among independent positives and
/// negatives.
///
/// *Source:* Newcombe, "Confidence intervals for an effect size measure based on the Mann–Whitney
/// statistic. Part 2", Statistics in Medicine 25 (2006) 559–573, method 5.
///
/// @param positives how many, above 0
/// @param negatives how many, above 0
record AreaError(double positives, double negatives) {
  /// The areas that are as near to the measured one as their own standard error allows.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  static Interval interval(double area, AreaError error, double level) {
    double z = Normal.quantile((1 + level) / 2);
    double low = area == 0 ? 0 : error.edge(area, z, 0);
    double high = area == 1 ? 1 : error.edge(area, z, 1);
    return new Interval(low, high);
  }

  /// Between the measured area and this end, the last area from which the measured one is no
  /// further than `z` standard errors.
  private double edge(double area, double z, double end) {
    double near = area;
    double far = end;
    for (int i = 0; i < 60; i++) {
      double middle = (near + far) / 2;
      if (StrictMath.abs(area - middle) <= z * StrictMath.sqrt(variance(middle))) {
        near = middle;
      } else {
        far = middle;
      }
    }
    return near;
  }

  private double variance(double area) {
    double half = (positives + negatives) / 2.0 - 1;
    return area
        * (1 - area)
        * (1 + half * (1 - area) / (2 - area) + half * area / (1 + area))
        / (positives * negatives);
  }
}
