package criticalwindows.stats;

/// The entropy of a law of classes, from how often each came out.
public final class CountEntropy {
  private CountEntropy() {}

  /// An estimate in nats whose mean is below the entropy by less and less as there are more trials:
  /// Σ k/n · (1/k + 1/(k+1) + … + 1/(n−1)). With one trial it is 0.
  ///
  /// *Source:* Zhang, "Entropy estimation in Turing's perspective", Neural Computation 24 (2012)
  /// 1368–1389, in the closed form of Schürmann, J. Phys. A 37 (2004) L295–L301.
  ///
  /// @param counts at least one is not 0
  public static double of(int... counts) {
    int trials = 0;
    for (int count : counts) {
      trials += count;
    }
    double entropy = 0;
    for (int count : counts) {
      double sum = 0;
      for (int i = StrictMath.max(1, count); i < trials; i++) {
        sum += 1.0 / i;
      }
      entropy += (double) count / trials * (count == 0 ? 0 : sum);
    }
    return entropy;
  }
}
