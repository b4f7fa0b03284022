package criticalwindows.stats;

/// The number of successes in independent trials.
///
/// @param trials at least 1
/// @param probability of success in each, in [0, 1]
public record Binomial(int trials, double probability) {
  public Binomial {
    if (trials < 1 || !(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(trials + " trials with probability " + probability);
    }
  }

  /// P(exactly that many successes).
  ///
  /// @param successes in [0, trials]
  public double mass(int successes) {
    if (probability == 0 || probability == 1) {
      return successes == trials * probability ? 1 : 0;
    }
    double log = successes * StrictMath.log(probability);
    log += (trials - successes) * StrictMath.log1p(-probability);
    for (int i = 1; i <= successes; i++) {
      log += StrictMath.log((double) (trials - successes + i) / i);
    }
    return StrictMath.exp(log);
  }

  /// E|successes ÷ trials − probability|: how far a share lies from the truth by chance alone, on
  /// average.
  ///
  /// *Source:* de Moivre's formula, as in Diaconis and Zabell, "Closed form summation for classical
  /// distributions", Statistical Science 6 (1991) 284–302.
  public double meanDeviation() {
    int above = (int) (trials * probability) + 1;
    if (above > trials) {
      return 0;
    }
    return 2 * above * (1 - probability) * mass(above) / trials;
  }

  /// The variance of |successes ÷ trials − probability|.
  public double deviationVariance() {
    double mean = meanDeviation();
    return StrictMath.max(0, probability * (1 - probability) / trials - mean * mean);
  }
}
