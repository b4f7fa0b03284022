package criticalwindows.theory;

/// How far noise and denoise can be from what they aim at, by Theorem 2, for one ε.
///
/// @param epsilon in (0, 1)
/// @param weight W = (1 − π) ÷ π of the target, at least 0
public record Bounds(double epsilon, double weight) {
  public Bounds {
    if (!(epsilon > 0 && epsilon < 1) || !(weight >= 0)) {
      throw new IllegalArgumentException("epsilon " + epsilon + ", weight " + weight);
    }
  }

  /// Of a target with this probability.
  ///
  /// @param share π, in (0, 1]
  public static Bounds of(double epsilon, double share) {
    return new Bounds(epsilon, Math.max(0, (1 - share) / share));
  }

  /// ε (1 + max(1, W) ÷ √2). *Source:* Li, Karan and Chen, arXiv 2502.00921, Theorem 2.
  public double published() {
    return epsilon * (1 + Math.max(1, weight) / StrictMath.sqrt(2));
  }

  /// ε + max(1, W) ε²: the triangle inequality with 1 − c̄ ≤ max(1, W) (1 − TV) for its second
  /// side.
  public double sharper() {
    return epsilon + Math.max(1, weight) * epsilon * epsilon;
  }

  /// How near 1 the distance between a class and the rest must be for them to count as apart: 1 −
  /// ε².
  public double apart() {
    return 1 - epsilon * epsilon;
  }
}
