package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BetaTest {
  @Test
  void withWholeParametersItIsASumOfBinomialProbabilities() {
    for (int n : new int[] {1, 2, 7, 40, 300}) {
      for (int k = 1; k <= n; k += Math.max(1, n / 5)) {
        for (double x : new double[] {1e-6, .01, .3, .5, .77, .999}) {
          // P(at least k of n) = P(Beta(k, n - k + 1) <= x).
          double atLeast = 0;
          for (int i = k; i <= n; i++) {
            atLeast += new Binomial(n, x).mass(i);
          }
          assertThat(new Beta(k, n - k + 1.0).cumulative(x)).isCloseTo(atLeast, within(1e-11));
        }
      }
    }
  }

  @Test
  void aQuantileIsWhereTheCumulativeIs() {
    for (double a : new double[] {.5, 1, 3.5, 200.5}) {
      for (double b : new double[] {.5, 2, 40.5, 4000.5}) {
        for (double p : new double[] {1e-4, .025, .5, .975}) {
          Beta beta = new Beta(a, b);
          assertThat(beta.cumulative(beta.quantile(p))).isCloseTo(p, within(1e-9));
        }
      }
    }
  }

  /// The arcsine law: F(x) = 2/π arcsin √x.
  @Test
  void ofHalvesItIsTheArcsineLaw() {
    for (double x = .05; x < 1; x += .1) {
      assertThat(new Beta(.5, .5).cumulative(x))
          .isCloseTo(2 / Math.PI * Math.asin(Math.sqrt(x)), within(1e-12));
    }
  }

  @Test
  void theExactIntervalCoversAtEveryProbabilityAndIsNotMuchWider() {
    int n = 30;
    double least = 1;
    for (double p = .005; p < 1; p += .005) {
      double covered = 0;
      for (int k = 0; k <= n; k++) {
        if (Beta.exact(new Proportion(k, n), .95).holds(p)) {
          covered += new Binomial(n, p).mass(k);
        }
      }
      assertThat(covered).isGreaterThanOrEqualTo(.95);
      least = Math.min(least, covered);
    }
    assertThat(least).isLessThan(.96);
  }

  @Test
  void theExactIntervalIsTheOneInTables() {
    // 3 of 100: [.006, .085]; 82 of 197: [.347, .488].
    assertThat(Beta.exact(new Proportion(3, 100), .95).low()).isCloseTo(.0062, within(5e-5));
    assertThat(Beta.exact(new Proportion(3, 100), .95).high()).isCloseTo(.0852, within(5e-5));
    assertThat(Beta.exact(new Proportion(82, 197), .95).low()).isCloseTo(.347, within(6e-4));
    assertThat(Beta.exact(new Proportion(82, 197), .95).high()).isCloseTo(.488, within(6e-4));
    // With no success the upper end is 1 - .025^(1/n).
    assertThat(Beta.exact(new Proportion(0, 291), .95).high())
        .isCloseTo(1 - Math.pow(.025, 1 / 291.0), within(1e-10));
    assertThat(Beta.exact(Proportion.NONE, .95)).isEqualTo(new Interval(0, 1));
  }
}
