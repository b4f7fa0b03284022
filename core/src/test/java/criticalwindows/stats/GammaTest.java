package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GammaTest {
  @Test
  void ofWholeNumbersItIsTheFactorial() {
    double sum = 0;
    for (int n = 1; n < 150; n++) {
      assertThat(Gamma.log(n)).isCloseTo(sum, within(1e-14 * Math.max(1, sum)));
      sum += StrictMath.log(n);
    }
  }

  @Test
  void ofOneHalfItIsHalfTheLogarithmOfPi() {
    assertThat(Gamma.log(.5)).isCloseTo(.5 * StrictMath.log(StrictMath.PI), within(1e-14));
    assertThat(Gamma.log(1e-8)).isCloseTo(18.42068073818021, within(1e-13));
  }

  @Test
  void aRisingProductIsItsLogarithmShortOrLong() {
    assertThat(Gamma.logRising(.5, 0)).isZero();
    assertThat(Gamma.logRising(2, 3)).isCloseTo(StrictMath.log(24), within(1e-14));
    assertThat(Gamma.logRising(1, 170)).isCloseTo(Gamma.log(171), within(1e-12));
  }
}
