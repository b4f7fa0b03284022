package criticalwindows.stats;

/// The standard normal distribution.
public final class Normal {
  private Normal() {}

  /// P(Z ≤ z), to about 1e-15, by a Taylor series around 0 (|z| < 7) or Laplace's continued
  /// fraction.
  ///
  /// *Source:* Marsaglia, "Evaluating the normal distribution", J. Stat. Software 11 (4), 2004, eq.
  /// (1) and (3).
  public static double cumulative(double z) {
    if (z < -7) {
      return tail(-z);
    }
    if (z > 7) {
      return 1 - tail(z);
    }
    double sum = z;
    double term = z;
    for (int i = 3; sum + term != sum; i += 2) {
      term *= z * z / i;
      sum += term;
    }
    return .5 + sum * density(z);
  }

  /// The z with P(Z ≤ z) = p, by Newton's method from the middle.
  ///
  /// @param p in (0, 1)
  public static double quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("a quantile is asked for at p in (0, 1), not " + p);
    }
    double low = -40;
    double high = 40;
    double z = 0;
    for (int i = 0; i < 200 && high - low > 1e-15 * StrictMath.max(1, StrictMath.abs(z)); i++) {
      double excess = cumulative(z) - p;
      if (excess == 0) {
        return z;
      }
      if (excess > 0) {
        high = z;
      } else {
        low = z;
      }
      double step = z - excess / density(z);
      z = step > low && step < high ? step : (low + high) / 2;
    }
    return z;
  }

  private static double density(double z) {
    return StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * StrictMath.PI);
  }

  private static double tail(double z) {
    double fraction = 0;
    for (int i = 60; i > 0; i--) {
      fraction = i / (z + fraction);
    }
    return density(z) / (z + fraction);
  }
}
