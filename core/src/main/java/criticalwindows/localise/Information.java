package criticalwindows.localise;

/// How much one more outcome is expected to say about a curve.
final class Information {
  private static final double[] ENTROPY = new double[Levels.POINTS];

  static {
    for (int i = 0; i < ENTROPY.length; i++) {
      ENTROPY[i] = entropy(Levels.probability(i));
    }
  }

  private Information() {}

  /// Expected nats of one outcome about the probability, given its distribution over slope points.
  static double of(double[] shares) {
    return of(shares, shares);
  }

  /// The same halfway between two places, where it is as at the one or as at the other.
  static double of(double[] left, double[] right) {
    double sum = 0;
    double mean = 0;
    double inner = 0;
    for (int i = 0; i < left.length; i++) {
      double share = left[i] + right[i];
      sum += share;
      mean += share * Levels.probability(i);
      inner += share * ENTROPY[i];
    }
    return entropy(mean / sum) - inner / sum;
  }

  /// Nats of an outcome with this probability.
  static double entropy(double p) {
    return -p * StrictMath.log(p) - (1 - p) * StrictMath.log(1 - p);
  }
}
