package criticalwindows.stats;

/// The logarithm of the gamma function, and what counts need of it.
public final class Gamma {
  private Gamma() {}

  /// ln Γ(x), to about 1e-14 of its value or of 1, by Stirling's series at x + n ≥ 10.
  ///
  /// *Source:* Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 6.1.15 and 6.1.41.
  ///
  /// @param x more than 0
  public static double log(double x) {
    if (!(x > 0)) {
      throw new IllegalArgumentException("ln Γ is asked for at x > 0, not " + x);
    }
    double shift = 1;
    double z = x;
    while (z < 10) {
      shift *= z;
      z++;
    }
    double r = 1 / (z * z);
    double series =
        1 / 12.0
            - r
                * (1 / 360.0
                    - r * (1 / 1260.0 - r * (1 / 1680.0 - r * (1 / 1188.0 - r * 691 / 360360))));
    return (z - .5) * StrictMath.log(z)
        - z
        + .5 * StrictMath.log(2 * StrictMath.PI)
        + series / z
        - StrictMath.log(shift);
  }

  /// ln of x (x + 1) … (x + n − 1).
  ///
  /// @param x more than 0
  /// @param n at least 0
  public static double logRising(double x, long n) {
    if (n > 40) {
      return log(x + n) - log(x);
    }
    double product = 1;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      product *= x + i;
      if (product > 1e250) {
        sum += StrictMath.log(product);
        product = 1;
      }
    }
    return sum + StrictMath.log(product);
  }
}
