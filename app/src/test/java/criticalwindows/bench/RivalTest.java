package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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

  /// The best rule for outcomes at one position compares two binomials, and is no better.
  @Test
  void theBestRuleIsNoBetterThanTheBound() {
    GivenCurve curve = curve(.51, .49);
    Rival rival = Rival.of(curve).orElseThrow();
    for (int outcomes : OUTCOMES) {
      for (int position : curve.kept()) {
        double p = curve.value(position);
        double q = rival.curve().value(position);
        double distance = 0;
        for (int k = 0; k <= outcomes; k++) {
          distance += .5 * Math.abs(binomial(outcomes, k, p) - binomial(outcomes, k, q));
        }
        assertThat(.5 + .5 * distance).isLessThanOrEqualTo(rival.right(outcomes));
      }
    }
    assertThat(rival.right(0)).isEqualTo(.5);
    assertThat(rival.right(100)).isLessThan(.65);
    assertThat(rival.needed()).isGreaterThan(1000);
  }

  @Test
  void aRiseThatStandsAloneHasNoHardRival() {
    assertThat(Rival.of(curve(.6, 0))).isEmpty();
    assertThat(Rival.of(curve(.2, .1))).isEmpty();
    double clear = Rival.of(curve(.7, .35)).orElseThrow().right(100);
    assertThat(clear).isGreaterThan(.95);
  }

  private static double binomial(int n, int k, double p) {
    double log = k * Math.log(p) + (n - k) * Math.log(1 - p);
    for (int i = 1; i <= k; i++) {
      log += Math.log((double) (n - k + i) / i);
    }
    return Math.exp(log);
  }
}
