package criticalwindows.localise;

import criticalwindows.stats.Gamma;
import java.util.Optional;

/// What the window model holds likely before it has seen any counts. Every number of it is a claim
/// that a reader may change.
///
/// A curve is a chain of plateaus, joined by windows. Plateaus lie on 21 levels, the multiples of
/// .05 (0 and 1 stand for .0025 and .9975): the first on any of them, and a window leads to any
/// that is at least `height` away, each with a chance that goes with [#levels]. It starts anywhere
/// with equal chances. It is sharp, one token wide; or broad, its width log-uniform from one token
/// to `widest` of the response; or gradual, its width log-uniform from there to all of the
/// response. Between its edges the curve is a straight line.
///
/// Where the end of a curve is known, its last plateau lies within less than `height` of it: what
/// is missing happens slightly, at the very end, with a probability of `drift`. All else is meant
/// given the end, the number of windows too: the outcome that is counted is that of the end.
///
/// @param none probability of no window, in (0, 1)
/// @param drift probability, given no window, of a straight line from the first token to the last
///   that rises or falls by less than `height`, in [0, 1)
/// @param another probability of each further window relative to the one before, in [0, 1]
/// @param most windows a curve can have, at least 1
/// @param height least rise or fall that makes a window, a multiple of .05 in [.1, 1]
/// @param sharp probability that a window is one token wide, in (0, 1]
/// @param gradual probability that it is wider than `widest`, in [0, 1 − sharp]
/// @param widest of the broad windows, as a share of the response, in (0, 1]
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
    double gradual,
    double widest,
    double concentration,
    double extreme) {
  /// The default.
  public static final Prior STANDARD = new Prior(.5, .25, 1, 3, .2, .5, .15, .25, 100, 1);

  private static final double UNEVEN = 3;

  public Prior {
    check(none > 0 && none < 1, "probability of no window", none);
    check(drift >= 0 && drift < 1, "probability of drift", drift);
    check(another >= 0 && another <= 1, "probability of another window", another);
    check(most >= 1, "greatest number of windows", most);
    check(height >= .1 && height <= 1 && multiple(height), "least height", height);
    check(sharp > 0 && sharp <= 1, "probability of a sharp window", sharp);
    check(gradual >= 0 && gradual <= 1 - sharp, "probability of a gradual window", gradual);
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

  /// The concentration within gradual windows: what is decided bit by bit leaves a straight line
  /// further than what is not decided at all.
  public double uneven() {
    return concentration / UNEVEN;
  }

  /// This, with another concentration.
  public Prior scattered(double around) {
    return new Prior(none, drift, another, most, height, sharp, gradual, widest, around, extreme);
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

  /// How likely it is that a curve ends at 1, by the level of its last plateau.
  public double[] endsAtOne() {
    return ends(Optional.of(Levels.TOP));
  }

  /// How likely the end that is known is after a last plateau, by its level.
  ///
  /// @param end where it is known, the highest level or the lowest
  double[] ends(Optional<Integer> end) {
    double[] chances = new double[Levels.TOP + 1];
    double[] levels = levels();
    for (int u = 0; u < chances.length; u++) {
      int from = u;
      chances[u] =
          end.map(to -> from == to ? 1 - drift : drift * slightly(from, to, levels)).orElse(1.0);
    }
    return chances;
  }

  /// The chance of one level among all that are slightly off another.
  private double slightly(int from, int to, double[] levels) {
    double all = 0;
    for (int v = 0; v < levels.length; v++) {
      all += v != from && StrictMath.abs(v - from) < steps() ? levels[v] : 0;
    }
    return StrictMath.abs(to - from) < steps() ? levels[to] / all : 0;
  }

  /// The least height in steps of a level.
  int steps() {
    return (int) StrictMath.round(height * Levels.TOP);
  }
}
