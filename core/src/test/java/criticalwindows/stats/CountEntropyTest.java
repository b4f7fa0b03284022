package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CountEntropyTest {
  @Test
  void itIsTheSumOfFractions() {
    assertThat(CountEntropy.of(2, 1)).isCloseTo(2 / 3.0 * .5 + 1 / 3.0 * 1.5, within(1e-12));
    assertThat(CountEntropy.of(1, 0)).isZero();
    assertThat(CountEntropy.of(0, 7)).isZero();
  }

  /// Its mean over all counts of 12 trials, against the entropy.
  @Test
  void itsMeanIsNearTheEntropyAndBelowIt() {
    for (double p : new double[] {.5, .3, .1}) {
      double mean = 0;
      double law = Math.pow(1 - p, 12);
      for (int k = 0; k <= 12; k++) {
        mean += law * CountEntropy.of(k, 12 - k);
        law *= (12.0 - k) / (k + 1) * p / (1 - p);
      }
      double entropy = -p * Math.log(p) - (1 - p) * Math.log(1 - p);
      assertThat(mean).isBetween(entropy - .03, entropy);
    }
  }
}
