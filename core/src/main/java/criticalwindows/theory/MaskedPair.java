package criticalwindows.theory;

/// Two texts of the same length, equally likely, under a noise that hides each token with the same
/// chance: a window without edges, whose softness depends on how many tokens differ.
///
/// *Source:* Li, Karan and Chen, arXiv 2502.00921, the example of masked diffusion.
///
/// @param differing tokens in which the two differ, at least 1
public record MaskedPair(int differing) {
  public MaskedPair {
    if (differing < 1) {
      throw new IllegalArgumentException("two texts that differ in " + differing + " tokens");
    }
  }

  /// The total variation between the two once masked: 1 − t^d.
  ///
  /// @param hidden t, the chance that a token is masked, in [0, 1]
  public double distance(double hidden) {
    return 1 - StrictMath.pow(hidden, differing);
  }

  /// The total variation between a text and what comes of masking and restoring it: t^d ÷ 2.
  public double distanceAfter(double hidden) {
    return StrictMath.pow(hidden, differing) / 2;
  }
}
