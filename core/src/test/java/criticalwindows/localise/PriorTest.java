package criticalwindows.localise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PriorTest {
  private static Prior extreme(double beta) {
    return new Prior(.5, .25, 1, 3, .2, .5, 0, .25, 20, beta);
  }

  @Test
  void levelsAreAlikeByDefault() {
    double[] levels = Prior.STANDARD.levels();
    assertThat(levels).hasSize(21);
    assertThat(Arrays.stream(levels)).allMatch(level -> Math.abs(level - 1 / 21.0) < 1e-15);
  }

  /// Of an arcsine distribution: the chance of i of n is C(2i, i) C(2(n − i), n − i) ÷ 4^n.
  @Test
  void jeffreysPriorHasMoreAtBothEnds() {
    double[] levels = extreme(.5).levels();
    assertThat(levels[0]).isCloseTo(137_846_528_820.0 / Math.pow(4, 20), within(1e-15));
    assertThat(levels[10]).isCloseTo(184_756.0 * 184_756 / Math.pow(4, 20), within(1e-15));
    assertThat(levels[20]).isCloseTo(levels[0], within(1e-15));
    assertThat(Arrays.stream(levels).sum()).isCloseTo(1, within(1e-14));
  }

  @Test
  void whatIsNoProbabilityIsRefused() {
    assertThatThrownBy(() -> extreme(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a prior's β of levels cannot be 0.0");
  }
}
