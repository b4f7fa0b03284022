package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  @Test
  void itIsOneForTheSameOrderAndMinusOneForTheOther() {
    double[] rising = {1, 2, 30, 31};
    assertThat(RankCorrelation.of(rising, new double[] {-5, 0, .1, 9})).hasValue(1);
    assertThat(RankCorrelation.of(rising, new double[] {5, 0, -.1, -9})).hasValue(-1);
  }

  /// Without ties it is 1 − 6 Σd² ÷ (n (n² − 1)).
  @Test
  void itIsSpearmansFormula() {
    double[] first = {3, 1, 4, 2, 5};
    double[] second = {2, 1, 5, 4, 3};
    double squares = 1 + 0 + 1 + 4 + 4;
    assertThat(RankCorrelation.of(first, second).orElseThrow())
        .isCloseTo(1 - 6 * squares / (5 * 24), within(1e-12));
  }

  @Test
  void tiesShareARankAndEqualValuesTellNothing() {
    // Ranks 0.5, 0.5, 2 against 0, 1, 2.
    assertThat(RankCorrelation.of(new double[] {7, 7, 8}, new double[] {1, 2, 3}).orElseThrow())
        .isCloseTo(1.5 / Math.sqrt(1.5 * 2), within(1e-12));
    assertThat(RankCorrelation.of(new double[] {7, 7}, new double[] {1, 2})).isEmpty();
    assertThat(RankCorrelation.of(new double[0], new double[0])).isEmpty();
  }
}
