package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinomialTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-9, .02, .2, .3, .5, .7, .98, 1})
  void massesSumToOneAndGiveTheDeviationByItsDefinition(double p) {
    for (int trials : new int[] {1, 2, 10, 50}) {
      Binomial binomial = new Binomial(trials, p);
      double sum = 0;
      double deviation = 0;
      double square = 0;
      for (int k = 0; k <= trials; k++) {
        double distance = Math.abs((double) k / trials - p);
        sum += binomial.mass(k);
        deviation += distance * binomial.mass(k);
        square += distance * distance * binomial.mass(k);
      }
      assertThat(sum).isCloseTo(1, within(1e-12));
      assertThat(binomial.meanDeviation()).isCloseTo(deviation, within(1e-12));
      assertThat(binomial.deviationVariance())
          .isCloseTo(square - deviation * deviation, within(1e-12));
    }
  }

  /// By hand: C(4, k) ÷ 16.
  @ParameterizedTest
  @CsvSource({"0, .0625", "1, .25", "2, .375", "3, .25", "4, .0625"})
  void fourFairCoins(int heads, double mass) {
    assertThat(new Binomial(4, .5).mass(heads)).isCloseTo(mass, within(1e-15));
    // 2 · (.0625 · .5 + .25 · .25)
    assertThat(new Binomial(4, .5).meanDeviation()).isCloseTo(.1875, within(1e-15));
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> new Binomial(0, .5)).hasMessage("0 trials with probability 0.5");
    assertThatThrownBy(() -> new Binomial(3, Double.NaN))
        .hasMessage("3 trials with probability NaN");
  }
}
