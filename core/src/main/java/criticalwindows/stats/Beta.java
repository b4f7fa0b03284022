package criticalwindows.stats;

/// The beta distribution with parameters `a` and `b`: what is known of a probability after `a − 1`
/// successes and `b − 1` failures, from a uniform prior.
///
/// @param a more than 0
/// @param b more than 0
public record Beta(double a, double b) {
  private static final int MOST_TERMS = 100_000;
  private static final double TINY = 1e-300;
  private static final double EXACT = 1e-15;

  public Beta {
    if (!(a > 0 && b > 0 && a + b < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("a beta distribution with " + a + " and " + b);
    }
  }

  /// Jeffreys' posterior of a probability.
  public static Beta jeffreys(Proportion counts) {
    return new Beta(counts.successes() + .5, counts.trials() - counts.successes() + .5);
  }

  /// Clopper's and Pearson's interval: the probabilities that neither of the two one-sided exact
  /// binomial tests would reject. It covers at least as often as it says. With no trials it is [0,
  /// 1].
  ///
  /// *Source:* Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the
  /// case of the binomial", Biometrika 26 (1934) 404–413.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public static Interval exact(Proportion counts, double level) {
    long successes = counts.successes();
    long failures = counts.trials() - successes;
    double tail = (1 - level) / 2;
    double low = successes == 0 ? 0 : new Beta(successes, failures + 1.0).quantile(tail);
    double high = failures == 0 ? 1 : new Beta(successes + 1.0, failures).quantile(1 - tail);
    return new Interval(low, high);
  }

  /// Its mean.
  public double mean() {
    return a / (a + b);
  }

  /// P(X ≤ x), to about 1e-12: the regularised incomplete beta function, by its continued fraction.
  ///
  /// *Source:* DLMF 8.17.22, evaluated by the modified Lentz method (Thompson and Barnett, J.
  /// Comput. Phys. 64 (1986) 490–509).
  public double cumulative(double x) {
    if (x <= 0) {
      return 0;
    }
    if (x >= 1) {
      return 1;
    }
    return x <= (a + 1) / (a + b + 2) ? fraction(x) : 1 - new Beta(b, a).fraction(1 - x);
  }

  private double fraction(double x) {
    double log = Gamma.log(a + b) - Gamma.log(a) - Gamma.log(b);
    double front = StrictMath.exp(log + a * StrictMath.log(x) + b * StrictMath.log1p(-x)) / a;
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double h = d;
    for (int m = 1; m <= MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      h *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      double change = d * c;
      h *= change;
      if (StrictMath.abs(change - 1) < EXACT) {
        break;
      }
    }
    return StrictMath.min(1, front * h);
  }

  private static double away(double value) {
    return StrictMath.abs(value) < TINY ? TINY : value;
  }

  /// The x with P(X ≤ x) = p, by bisection.
  ///
  /// @param p in [0, 1]
  public double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("the quantile of " + p);
    }
    if (p == 0 || p == 1) {
      return p;
    }
    double low = 0;
    double high = 1;
    while (true) {
      double middle = (low + high) / 2;
      if (middle <= low || middle >= high || high - low <= EXACT * high) {
        return middle;
      }
      if (cumulative(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
  }
}
