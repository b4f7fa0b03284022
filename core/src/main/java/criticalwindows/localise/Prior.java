package criticalwindows.localise;

import criticalwindows.stats.Gamma;

/// What the window model holds likely before it has seen any counts. Every number of it is a claim
/// that a reader may change.
///
/// A curve is a chain of plateaus, joined by windows. Plateaus lie on 21 levels, the multiples of
/// .05 (0 and 1 stand for .0025 and .9975): the first on any of them, and a window leads to any
/// that is at least `height` away, each with a chance that goes with [#levels]. It starts anywhere
/// with equal chances. It is sharp, one token wide, or else its width is log-uniform from one token
/// to `widest` of the response, and between its edges the curve is a straight line.
///
/// @param none probability of no window, in (0, 1)
/// @param drift probability, given no window, of a straight line from the first token to the last
///   that rises or falls by less than `height`, in [0, 1)
/// @param another probability of each further window relative to the one before, in [0, 1]
/// @param most windows a curve can have, at least 1
/// @param height least rise or fall that makes a window, a multiple of .05 in [.1, 1]
/// @param sharp probability that a window is one token wide, in (0, 1]
/// @param widest window, as a share of the response, in (0, 1]
/// @param concentration κ of the positions around the curve: at each position the probability is
///   drawn from Beta(κp, κ(1 − p)), more than 0; large where the curve is smooth
/// @param extreme β of the levels, in (0, 1]: 1 where all are alike, .5 for Jeffreys' prior; the
///   less, the more of them lie at 0 and 1
public record Prior(
    double none,
    double drift,
    double another,
    int most,
    double height,
    double sharp,
    double widest,
    double concentration,
    double extreme) {
  /// The default.
  public static final Prior STANDARD = new Prior(.5, .25, 1, 3, .2, .5, .25, 20, 1);

  public Prior {
    check(none > 0 && none < 1, "probability of no window", none);
    check(drift >= 0 && drift < 1, "probability of drift", drift);
    check(another >= 0 && another <= 1, "probability of another window", another);
    check(most >= 1, "greatest number of windows", most);
    check(height >= .1 && height <= 1 && multiple(height), "least height", height);
    check(sharp > 0 && sharp <= 1, "probability of a sharp window", sharp);
    check(widest > 0 && widest <= 1, "greatest width", widest);
    check(concentration > 0, "concentration", concentration);
    check(extreme > 0 && extreme <= 1, "β of levels", extreme);
  }

  private static boolean multiple(double height) {
    return StrictMath.abs(20 * height - StrictMath.round(20 * height)) < 1e-9;
  }

  private static void check(boolean holds, String what, double value) {
    if (!holds) {
      throw new IllegalArgumentException("a prior's " + what + " cannot be " + value);
    }
  }

  /// The probability of so many windows.
  ///
  /// @param count in 0 … [#most]
  public double count(int count) {
    if (count == 0) {
      return none;
    }
    double sum = 0;
    for (int i = 0; i < most; i++) {
      sum += StrictMath.pow(another, i);
    }
    return (1 - none) * StrictMath.pow(another, count - 1) / sum;
  }

  /// The chance of each level: that of so many successes of 20 trials, with a probability that is
  /// drawn from Beta(β, β).
  ///
  /// @return for 0, .05 … 1; they sum to 1
  public double[] levels() {
    double[] chances = new double[Levels.TOP + 1];
    for (int i = 0; i < chances.length; i++) {
      double both = ways(extreme, i) + ways(extreme, Levels.TOP - i);
      chances[i] = StrictMath.exp(both - ways(2 * extreme, Levels.TOP));
    }
    return chances;
  }

  /// ln of x (x + 1) … (x + n − 1) ÷ n!.
  private static double ways(double x, int n) {
    return Gamma.logRising(x, n) - Gamma.logRising(1, n);
  }

  /// The least height in steps of a level.
  int steps() {
    return (int) StrictMath.round(height * Levels.TOP);
  }
}
