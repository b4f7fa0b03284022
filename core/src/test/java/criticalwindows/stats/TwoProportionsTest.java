package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TwoProportionsTest {
  /// z = (.3 − .2) / √(.25 · .75 · 2/100) = 1.6329932, P = .1024704 (complementary error function).
  @Test
  void isTwiceTheNormalTailOfThePooledStatistic() {
    assertThat(TwoProportions.pValue(.2, 100, .3, 100))
        .isCloseTo(.10247043485974942, within(1e-14));
  }

  @Test
  void isOneWhereNothingVaries() {
    assertThat(TwoProportions.pValue(0, 100, 0, 100)).isEqualTo(1);
    assertThat(TwoProportions.pValue(1, 100, 1, 100)).isEqualTo(1);
    assertThat(TwoProportions.pValue(.5, 100, .5, 100)).isEqualTo(1);
  }
}
