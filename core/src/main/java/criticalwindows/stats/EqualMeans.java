package criticalwindows.stats;

/// Whether two groups of independent values in [0, 1] can have the same mean, with no assumption on
/// how the values are spread: valid for few values and rare ones.
public final class EqualMeans {
  private EqualMeans() {}

  /// A bound on how often means as far apart as these come about where the true means agree.
  ///
  /// With divergences D to a common mean μ, n₁D(m₁‖μ) and n₂D(m₂‖μ) each exceed x with probability
  /// at most 2e⁻ˣ, whatever μ is; so their sum exceeds 2 ln 2 + y with at most (1 + y)e⁻ʸ. The μ
  /// that makes the sum least stands for the true one, which can only raise the bound.
  ///
  /// *Source:* the tail bound is Theorem 1 of Hoeffding, "Probability inequalities for sums of
  /// bounded random variables", JASA 58 (1963) 13–30, eq. (2.1).
  ///
  /// @param first mean in [0, 1] of `firstValues` values, at least 1
  /// @param second mean in [0, 1] of `secondValues` values, at least 1
  /// @return in (0, 1]
  public static double pValue(double first, long firstValues, double second, long secondValues) {
    double common = (first * firstValues + second * secondValues) / (firstValues + secondValues);
    double x = firstValues * divergence(first, common) + secondValues * divergence(second, common);
    double y = StrictMath.max(0, x - 2 * StrictMath.log(2));
    return (1 + y) * StrictMath.exp(-y);
  }

  /// The Kullback–Leibler divergence of two coins, in nats.
  private static double divergence(double p, double q) {
    return part(p, q) + part(1 - p, 1 - q);
  }

  private static double part(double p, double q) {
    return p <= 0 ? 0 : p * StrictMath.log(p / q);
  }
}
