package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EqualMeansTest {
  @Test
  void equalMeansAreNoSurprise() {
    assertThat(EqualMeans.pValue(.3, 100, .3, 20)).isEqualTo(1);
    assertThat(EqualMeans.pValue(0, 100, 0, 20)).isEqualTo(1);
    assertThat(EqualMeans.pValue(1, 5, 1, 20)).isEqualTo(1);
  }

  @Test
  void byHand() {
    // μ = .5, D(.8‖.5) = D(.2‖.5) = .8 ln 1.6 + .2 ln .4; x = 200 of it, y = x − 2 ln 2.
    double y = 200 * (.8 * Math.log(1.6) + .2 * Math.log(.4)) - 2 * Math.log(2);
    assertThat(EqualMeans.pValue(.8, 100, .2, 100))
        .isCloseTo((1 + y) * Math.exp(-y), within(1e-18));
  }

  @Test
  void itIsABoundForEveryPairOfCounts() {
    // Exactly, for coins: P(p-value ≤ a) ≤ a.
    for (double probs : new double[] {.02, .3, .5, .93}) {
      Binomial first = new Binomial(40, probs);
      Binomial second = new Binomial(12, probs);
      for (double a : new double[] {.2, .05, .01, .001}) {
        double total = 0;
        for (int i = 0; i <= 40; i++) {
          for (int j = 0; j <= 12; j++) {
            if (EqualMeans.pValue(i / 40.0, 40, j / 12.0, 12) <= a) {
              total += first.mass(i) * second.mass(j);
            }
          }
        }
        assertThat(total).as("probabilities %s, level %s", probs, a).isLessThanOrEqualTo(a);
      }
    }
  }
}
