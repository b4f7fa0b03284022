package criticalwindows.stats;

/// Student's t distribution with whole degrees of freedom.
public final class Student {
  /// From so many degrees of freedom on, an expansion around the normal distribution is exact to
  /// 1e-9.
  private static final int MANY = 1000;

  private Student() {}

  /// P(T ≤ t), by the finite sums that it is.
  ///
  /// *Source:* Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4.
  ///
  /// @param freedom at least 1
  public static double cumulative(double t, int freedom) {
    if (freedom < 1) {
      throw new IllegalArgumentException(freedom + " degrees of freedom");
    }
    double angle = StrictMath.atan(t / StrictMath.sqrt(freedom));
    double square = StrictMath.pow(StrictMath.cos(angle), 2);
    boolean odd = freedom % 2 == 1;
    double term = odd ? StrictMath.cos(angle) : 1;
    double sum = 0;
    for (int i = odd ? 1 : 0; i <= freedom - 2; i += 2) {
      sum += term;
      term *= square * (i + 1) / (i + 2);
    }
    double within = StrictMath.sin(angle) * sum;
    return odd ? .5 + (angle + within) / StrictMath.PI : (1 + within) / 2;
  }

  /// The t with P(T ≤ t) = p, to about 1e-9 of its size.
  ///
  /// *Source:* for 1,000 degrees and more Abramowitz and Stegun, 26.7.5.
  ///
  /// @param p in (0, 1)
  /// @param freedom at least 1
  public static double quantile(double p, int freedom) {
    double near = expansion(p, freedom);
    if (freedom >= MANY || p == .5) {
      return near;
    }
    double sign = p < .5 ? -1 : 1;
    double upper = StrictMath.max(p, 1 - p);
    double low = 0;
    double high = 1;
    while (cumulative(high, freedom) < upper && high < 1e100) {
      low = high;
      high *= 2;
    }
    while (high - low > 1e-12 * high) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high) {
        break;
      }
      if (cumulative(middle, freedom) < upper) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return sign * (low + high) / 2;
  }

  private static double expansion(double p, int freedom) {
    double z = Normal.quantile(p);
    double z2 = z * z;
    double first = z * (z2 + 1) / 4;
    double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double n = freedom;
    return z + first / n + second / (n * n) + third / (n * n * n);
  }
}
