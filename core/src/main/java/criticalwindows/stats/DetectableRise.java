package criticalwindows.stats;

import java.util.Optional;

/// How small a rise from one share to another can be and still be found.
///
/// Power is summed over all pairs of counts, with no approximation. The shares lie as far above one
/// half as below, where counts vary most: elsewhere the same rise is found more often.
///
/// @param trials at each of the two, at least 1
/// @param test what counts as finding it
public record DetectableRise(int trials, Test test) {
  private static final double STEP = 1e-4;

  public DetectableRise {
    if (trials < 1) {
      throw new IllegalArgumentException("a share of " + trials + " trials");
    }
  }

  /// A test of a rise.
  @FunctionalInterface
  public interface Test {
    /// Whether these counts show a rise; if so, more after or fewer before would too.
    boolean finds(int before, int after, int trials);
  }

  /// The two-sided z test of [TwoProportions], where the share went up.
  ///
  /// @param alpha the most often it may find a difference where there is none, in (0, 1)
  public static DetectableRise byTest(int trials, double alpha) {
    return new DetectableRise(
        trials,
        (before, after, n) ->
            after > before
                && TwoProportions.pValue((double) before / n, n, (double) after / n, n) <= alpha);
  }

  /// A rise of the observed share by more than so many tenths, whatever the noise.
  public static DetectableRise byTenths(int trials, int tenths) {
    return new DetectableRise(
        trials, (before, after, n) -> 10L * (after - before) > (long) tenths * n);
  }

  /// How often a rise is found.
  ///
  /// @param rise from (1 − rise) / 2 to (1 + rise) / 2, in [0, 1]
  public double power(double rise) {
    return power(rise, thresholds());
  }

  /// For each count before, the least count after that is found; one more than there can be where
  /// none is.
  private int[] thresholds() {
    int[] least = new int[trials + 1];
    int after = 0;
    for (int before = 0; before <= trials; before++) {
      while (after <= trials && !test.finds(before, after, trials)) {
        after++;
      }
      least[before] = after;
    }
    return least;
  }

  private double power(double rise, int[] least) {
    Binomial before = new Binomial(trials, (1 - rise) / 2);
    Binomial after = new Binomial(trials, (1 + rise) / 2);
    double[] tail = new double[trials + 2];
    for (int k = trials; k >= 0; k--) {
      tail[k] = tail[k + 1] + after.mass(k);
    }
    double power = 0;
    for (int k = 0; k <= trials; k++) {
      power += before.mass(k) * tail[least[k]];
    }
    return StrictMath.min(1, power);
  }

  /// The smallest rise that is found this often, to four decimals.
  ///
  /// @param power in (0, 1), such as .8
  /// @return absent where not even a rise from 0 to 1 is
  public Optional<Double> smallest(double power) {
    int[] least = thresholds();
    if (power(1, least) < power) {
      return Optional.empty();
    }
    double low = 0;
    double high = 1;
    while (high - low > STEP / 2) {
      double middle = (low + high) / 2;
      if (power(middle, least) < power) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Optional.of(StrictMath.ceil(high / STEP) * STEP);
  }

  /// The smallest rise of the mean share of many problems that a two-sided z test finds this often,
  /// if all rise alike: each problem's own probabilities cancel, and what is left is the binomial
  /// noise of its trials, at most ½ ÷ (problems · trials) in the difference.
  ///
  /// *Source:* Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), 4.2,
  /// at the largest variance.
  ///
  /// @param samples problems times trials at each of the two cuts
  public static double ofMeans(long samples, double alpha, double power) {
    double z = Normal.quantile(1 - alpha / 2) + Normal.quantile(power);
    return StrictMath.min(1, z * StrictMath.sqrt(.5 / samples));
  }
}
