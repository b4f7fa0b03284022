package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeanDeviationTest {
  /// *Source:* the sums over all k of C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ |k/n − p| and its square, in whole
  /// fractions by hand for the first four.
  @ParameterizedTest
  @CsvSource({
    "1, .5, .5",
    "2, .5, .25",
    "4, .5, .1875",
    "3, .3333333333333333, .19753086419753085",
    "5, 0, 0",
    "5, 1, 0",
  })
  void itIsTheValueKnownByHand(int trials, double probability, double expected) {
    assertThat(new Binomial(trials, probability).meanDeviation())
        .isCloseTo(expected, within(1e-14));
  }

  @ParameterizedTest
  @CsvSource({"1, .02", "16, .35", "25, .7", "25, .999999", "50, 1e-9", "400, .1", "3000, .5"})
  void itIsTheSumOverAllOutcomes(int trials, double probability) {
    Binomial binomial = new Binomial(trials, probability);
    double mass = 0;
    double mean = 0;
    double square = 0;
    for (int k = 0; k <= trials; k++) {
      double apart = Math.abs((double) k / trials - probability);
      mass += binomial.mass(k);
      mean += binomial.mass(k) * apart;
      square += binomial.mass(k) * apart * apart;
    }
    assertThat(mass).isCloseTo(1, within(1e-10));
    assertThat(binomial.meanDeviation()).isCloseTo(mean, within(1e-10));
    assertThat(binomial.deviationVariance()).isCloseTo(square - mean * mean, within(1e-10));
  }
}
