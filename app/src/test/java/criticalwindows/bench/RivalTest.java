package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RivalTest {
  private static final List<Integer> OUTCOMES = List.of(1, 10, 100, 1000);

  /// Rises by `first` at 200 of 1,000 tokens, falls at 400, and rises by `second` at 700.
  private static GivenCurve curve(double first, double second) {
    return new GivenCurve(
        "two",
        1,
        1000,
        new int[] {0, 199, 200, 400, 699, 700},
        new double[] {.2, .2, .2 + first, .2, .2, .2 + second},
        new double[] {1, 1, 1, 1, 1, 1});
  }

  @Test
  void theRivalHasItsWindowElsewhere() {
    GivenCurve curve = curve(.51, .49);
    Rival rival = Rival.of(curve).orElseThrow();
    assertThat(curve.window()).contains(new GivenCurve.Stretch(199, 200));
    assertThat(rival.curve().window()).contains(new GivenCurve.Stretch(699, 700));
    assertThat(rival.moved()).isCloseTo(.00505, within(1e-9));
    for (int i = 0; i < curve.values().length; i++) {
      assertThat(rival.curve().values()[i])
          .isCloseTo(curve.values()[i], within(rival.moved() + 1e-12));
    }
  }

  /// The best rule for outcomes at one position compares two binomials, and is no better; nor is it
  /// where it may leave out the outcomes that say least.
  @Test
  void theBestRuleIsNoBetterThanTheBound() {
    GivenCurve curve = curve(.51, .49);
    Rival rival = Rival.of(curve).orElseThrow();
    Rivals rivals = Rivals.of(List.of(curve));
    for (int outcomes : OUTCOMES) {
      for (int position : curve.kept()) {
        double[][] seen = seen(outcomes, curve.value(position), rival.curve().value(position));
        double claimed = 0;
        double right = 0;
        for (double[] both : seen) {
          claimed += .5 * (both[0] + both[1]);
          right += .5 * Math.max(both[0], both[1]);
          assertThat(right / claimed)
              .isLessThanOrEqualTo(rivals.right(outcomes, Math.min(1, claimed)) + 1e-9);
        }
        assertThat(claimed).isCloseTo(1, within(1e-9));
      }
    }
  }

  /// The chances of each number of successes on the two curves, those that say most first.
  private static double[][] seen(int outcomes, double p, double q) {
    double[][] seen = new double[outcomes + 1][];
    for (int k = 0; k <= outcomes; k++) {
      seen[k] = new double[] {binomial(outcomes, k, p), binomial(outcomes, k, q)};
    }
    Arrays.sort(
        seen,
        Comparator.comparingDouble(both -> -Math.abs(both[0] - both[1]) / (both[0] + both[1])));
    return seen;
  }

  /// Outcomes whose positions are chosen by what was seen before, for the greatest distance that
  /// any search can reach: by counting back from the last outcome.
  @Test
  void aSearchThatChoosesAsItGoesIsNoBetter() {
    GivenCurve curve = curve(.9 - .2, .42);
    Rival rival = Rival.of(curve).orElseThrow();
    for (int outcomes = 1; outcomes <= 8; outcomes++) {
      double best = distance(curve, rival.curve(), outcomes, 1, 1);
      assertThat(best).isPositive().isLessThanOrEqualTo(rival.distance(outcomes) + 1e-9);
    }
  }

  /// @param p chance on the one curve of all that was seen
  /// @param q on the other
  private static double distance(GivenCurve one, GivenCurve other, int left, double p, double q) {
    if (left == 0) {
      return .5 * Math.abs(p - q);
    }
    double best = 0;
    for (int position : one.kept()) {
      double a = one.value(position);
      double b = other.value(position);
      if (a != b) {
        double yes = distance(one, other, left - 1, p * a, q * b);
        double no = distance(one, other, left - 1, p * (1 - a), q * (1 - b));
        best = Math.max(best, yes + no);
      }
    }
    return best;
  }

  @Test
  void whatIsHardToTellTakesManyOutcomes() {
    Rivals rivals = Rivals.of(List.of(curve(.51, .49), curve(.2, .1)));
    assertThat(rivals.curves()).isEqualTo(1);
    assertThat(rivals.right(0, 1)).isEqualTo(.5);
    assertThat(rivals.right(100, 1)).isLessThan(.65);
    assertThat(rivals.right(100, .5)).isGreaterThan(rivals.right(100, 1));
    int needed = rivals.needed(.95, 1, 1_000_000).orElseThrow();
    assertThat(needed).isGreaterThan(1000);
    assertThat(rivals.right(needed, 1)).isGreaterThanOrEqualTo(.95);
    assertThat(rivals.right(needed - 1, 1)).isLessThan(.95);
    assertThat(rivals.needed(.95, 1, needed - 1)).isEmpty();
  }

  @Test
  void aRiseThatStandsAloneHasNoHardRival() {
    assertThat(Rival.of(curve(.6, 0))).isEmpty();
    assertThat(Rival.of(curve(.2, .1))).isEmpty();
    assertThat(Rivals.of(List.of(curve(.6, 0))).right(100, 1)).isEqualTo(1);
    assertThat(Rivals.of(List.of(curve(.7, .35))).right(100, 1)).isGreaterThan(.95);
  }

  private static double binomial(int n, int k, double p) {
    double log = k * Math.log(p) + (n - k) * Math.log(1 - p);
    for (int i = 1; i <= k; i++) {
      log += Math.log((double) (n - k + i) / i);
    }
    return Math.exp(log);
  }
}
