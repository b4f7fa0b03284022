package criticalwindows.probe;

import java.util.Arrays;

/// What is to be forecast at a place: how often each class came out, or how likely each is.
public final class Target {
  private final double[] shares;
  private final int trials;

  private Target(double[] shares, int trials) {
    this.shares = shares;
    this.trials = trials;
  }

  /// Counts of continuations.
  ///
  /// @param counts one for each class, each at least 0, not all 0
  public static Target counts(int... counts) {
    int trials = Arrays.stream(counts).sum();
    if (trials < 1 || Arrays.stream(counts).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException("counts " + Arrays.toString(counts));
    }
    return new Target(
        Arrays.stream(counts).mapToDouble(k -> (double) k / trials).toArray(), trials);
  }

  /// Probabilities that are known exactly.
  ///
  /// @param probabilities one for each class, each in [0, 1]; they sum to 1
  public static Target exact(double... probabilities) {
    double sum = Arrays.stream(probabilities).sum();
    if (!(StrictMath.abs(sum - 1) < 1e-6) || Arrays.stream(probabilities).anyMatch(p -> p < 0)) {
      throw new IllegalArgumentException("probabilities " + Arrays.toString(probabilities));
    }
    return new Target(Arrays.stream(probabilities).map(p -> p / sum).toArray(), 0);
  }

  /// One class for sure: one trial that came to it.
  ///
  /// @param of in [0, classes)
  public static Target label(int of, int classes) {
    int[] counts = new int[classes];
    counts[of] = 1;
    return counts(counts);
  }

  /// How many classes there are.
  public int classes() {
    return shares.length;
  }

  /// Of a class: its share of the trials, or its probability, in [0, 1].
  public double share(int of) {
    return shares[of];
  }

  /// How many trials the shares are of; 0 where they are exact.
  public int trials() {
    return trials;
  }

  /// How often a class came out.
  int count(int of) {
    return (int) StrictMath.round(shares[of] * trials);
  }
}
