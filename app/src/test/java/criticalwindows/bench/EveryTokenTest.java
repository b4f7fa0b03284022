package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.bench.Baselines.EveryToken;
import criticalwindows.bench.Baselines.EveryToken.Way;
import criticalwindows.stats.Proportion;
import org.junit.jupiter.api.Test;

class EveryTokenTest {
  private static final int EACH = 64;

  /// By exact enumeration: what the rule finds on 300 flat tokens at one half.
  @Test
  void onAFlatCurveItFindsNearlyOneFallInThreeHundredTokens() {
    double[] chance = new double[EACH + 1];
    chance[0] = Math.pow(.5, EACH);
    for (int k = 1; k <= EACH; k++) {
      chance[k] = chance[k - 1] * (EACH - k + 1) / k;
    }
    double each = 0;
    for (int before = 0; before <= EACH; before++) {
      for (int after = 0; after <= EACH; after++) {
        Proportion one = new Proportion(before, EACH);
        Proportion other = new Proportion(after, EACH);
        boolean falls = one.estimate() - other.estimate() > EveryToken.bar(one, other);
        each += falls ? chance[before] * chance[after] : 0;
      }
    }
    assertThat(300 * each).isCloseTo(.89, within(.005));
  }

  @Test
  void itSamplesEveryTokenAndFindsTheWayItIsAskedFor() {
    GivenCurve step =
        new GivenCurve(
            "s", 1, 100, new int[] {0, 43}, new double[] {.02, .98}, new double[] {9, 4});
    ReplayedSearch rises = ReplayedSearch.of(new EveryToken(Way.RISES), step, new Draws(1));
    assertThat(rises.rollouts()).isEqualTo(101L * EACH);
    assertThat(rises.found().orElseThrow().place().mean()).isEqualTo(42.5);
    assertThat(ReplayedSearch.of(new EveryToken(Way.FALLS), step, new Draws(1)).found()).isEmpty();
  }
}
