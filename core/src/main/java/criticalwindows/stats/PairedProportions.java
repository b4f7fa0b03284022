package criticalwindows.stats;

import criticalwindows.stats.Proportion.Outcome;

/// Two things tried on the same cases, such as two ways to answer the same problems: how many cases
/// each got right, alone or together.
///
/// @param both cases in which both succeeded, at least 0, as are the others
/// @param first in which the first alone did
/// @param second in which the second alone did
/// @param neither in which neither did
public record PairedProportions(long both, long first, long second, long neither) {
  /// Nothing tried yet.
  public static final PairedProportions NONE = new PairedProportions(0, 0, 0, 0);

  public PairedProportions {
    if (both < 0 || first < 0 || second < 0 || neither < 0) {
      throw new IllegalArgumentException(both + ", " + first + ", " + second + ", " + neither);
    }
  }

  /// One more case.
  public PairedProportions plus(Outcome one, Outcome other) {
    boolean won = one == Outcome.SUCCESS;
    boolean lost = other == Outcome.SUCCESS;
    return new PairedProportions(
        both + (won && lost ? 1 : 0),
        first + (won && !lost ? 1 : 0),
        second + (!won && lost ? 1 : 0),
        neither + (!won && !lost ? 1 : 0));
  }

  /// Cases.
  public long trials() {
    return both + first + second + neither;
  }

  /// The first's successes.
  public Proportion ofFirst() {
    return new Proportion(both + first, trials());
  }

  /// The second's.
  public Proportion ofSecond() {
    return new Proportion(both + second, trials());
  }

  /// The first's share of successes less the second's, in [−1, 1].
  ///
  /// @throws IllegalStateException if nothing was tried
  public double difference() {
    return ofFirst().estimate() - ofSecond().estimate();
  }

  /// An interval of [#difference]. With nothing tried it is [−1, 1].
  ///
  /// *Source:* Newcombe, "Improved confidence intervals for the difference between binomial
  /// proportions based on paired data", Statistics in Medicine 17 (1998) 2635–2650, method 10:
  /// Wilson's interval of each share, joined by their correlation.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public Interval interval(double level) {
    if (trials() == 0) {
      return new Interval(-1, 1);
    }
    double one = ofFirst().estimate();
    double other = ofSecond().estimate();
    Interval ones = ofFirst().wilson(level);
    Interval others = ofSecond().wilson(level);
    double below = distance(one - ones.low(), others.high() - other);
    double above = distance(ones.high() - one, other - others.low());
    return new Interval(one - other - below, one - other + above);
  }

  private double distance(double one, double other) {
    double squares = one * one + other * other - 2 * correlation() * one * other;
    return StrictMath.sqrt(StrictMath.max(0, squares));
  }

  /// The correlation of the two outcomes, a positive one with a continuity correction.
  private double correlation() {
    double margins =
        (double) (both + first) * (second + neither) * (both + second) * (first + neither);
    double product = (double) both * neither - (double) first * second;
    double corrected = product < 0 ? product : StrictMath.max(0, product - trials() / 2.0);
    return margins == 0 ? 0 : corrected / StrictMath.sqrt(margins);
  }

  /// The two-sided exact p-value of McNemar's test: where both are equally good, a case in which
  /// one alone succeeds is a fair coin.
  ///
  /// *Source:* Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (2003), 13.1.
  ///
  /// @return in (0, 1]; 1 where they never differ
  public double pValue() {
    int apart = Math.toIntExact(first + second);
    if (apart == 0) {
      return 1;
    }
    Binomial coin = new Binomial(apart, .5);
    double tail = 0;
    for (int successes = 0; successes <= StrictMath.min(first, second); successes++) {
      tail += coin.mass(successes);
    }
    return StrictMath.min(1, 2 * tail);
  }
}
