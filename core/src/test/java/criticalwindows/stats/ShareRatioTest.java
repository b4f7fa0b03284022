package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.stats.ShareRatio.Cluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareRatioTest {
  private static final double LEVEL = .95;

  /// Reference: the same formulas written apart in Python, the interval as the roots of its
  /// quadratic, with Student's quantile of SciPy 1.x (here an expansion, good to three digits).
  @Test
  void itAgreesWithAnIndependentComputation() {
    ShareRatio ratio =
        ShareRatio.of(
            List.of(
                new Cluster(.5, 4, Map.of(0, 1.0), Map.of(0, .2, 1, .1)),
                new Cluster(.25, 4, Map.of(1, 1.0), Map.of(0, .1, 1, .2)),
                new Cluster(.5, 2, Map.of(0, .5, 1, .5), Map.of(0, .3, 1, .1)),
                new Cluster(0, 3, Map.of(1, 1.0), Map.of(0, .2)),
                new Cluster(1, 1, Map.of(0, 1.0), Map.of(1, .3)),
                new Cluster(.25, 8, Map.of(0, .25, 1, .75), Map.of(0, .1, 1, .2))),
            LEVEL);
    assertThat(ratio.observed()).isCloseTo(5 / 12.0, within(1e-12));
    assertThat(ratio.expected()).isCloseTo(.18, within(1e-12));
    assertThat(ratio.ratio()).isCloseTo(2.314815, within(1e-6));
    assertThat(ratio.interval().low()).isCloseTo(1.0247, within(5e-3));
    assertThat(ratio.interval().high()).isCloseTo(3.7065, within(5e-3));
  }

  @Test
  void whatWasNeverSeenInACaseStillHasAnUpperEnd() {
    List<Cluster> never = new ArrayList<>();
    for (double control : new double[] {.25, .5, .25, 0, .5, .3}) {
      never.add(new Cluster(0, 4, Map.of(0, 1.0), Map.of(0, control)));
    }
    Interval interval = ShareRatio.of(never, LEVEL).interval();
    assertThat(interval.low()).isZero();
    assertThat(interval.high()).isCloseTo(2.0268, within(5e-3));
  }

  @Test
  void withNothingToCompareWithThereIsNoRatio() {
    Cluster none = new Cluster(.5, 4, Map.of(0, 1.0), Map.of(0, 0.0));
    assertThatThrownBy(() -> ShareRatio.of(List.of(none), LEVEL))
        .hasMessage("a ratio over 1 clusters");
    assertThatThrownBy(() -> ShareRatio.of(List.of(none, none), LEVEL))
        .hasMessageStartingWith("no control has it");
    Cluster apart = new Cluster(.5, 4, Map.of(1, 1.0), Map.of(0, .5));
    assertThatThrownBy(() -> ShareRatio.of(List.of(apart, apart), LEVEL))
        .hasMessage("no controls in stratum 1");
  }

  @ParameterizedTest
  @CsvSource({
    // clusters, tokens of a window, share of the kind, how much more often in windows
    "40, 4, .10, 1",
    "40, 4, .10, 3",
    "40, 20, .05, 1",
    "100, 1, .10, 2",
    "100, 10, .02, 1",
    "12, 8, .20, .5"
  })
  void theIntervalHoldsTheTruthAsOftenAsItSays(
      int clusters, int width, double share, double times) {
    SplittableRandom random = new SplittableRandom(5);
    int rounds = 1500;
    int held = 0;
    for (int round = 0; round < rounds; round++) {
      List<Cluster> drawn = new ArrayList<>();
      for (int i = 0; i < clusters; i++) {
        drawn.add(drawn(random, width, share, times));
      }
      held += ShareRatio.of(drawn, LEVEL).interval().holds(times) ? 1 : 0;
    }
    // 1,500 rounds at .95 have a standard error of .006.
    assertThat(held / (double) rounds).isBetween(.93, .985);
  }

  /// A response of ten stretches of twenty tokens, of which later ones and some responses have the
  /// kind more often, with a window in one of them.
  private static Cluster drawn(SplittableRandom random, int width, double share, double times) {
    double own = share * (.5 + random.nextDouble());
    int stretch = random.nextInt(10);
    Map<Integer, Double> controls = new HashMap<>();
    for (int s = 0; s < 10; s++) {
      if (s != stretch || width < 20) {
        int outside = s == stretch ? 20 - width : 20;
        controls.put(s, count(random, outside, own * place(s)) / (double) outside);
      }
    }
    double observed = count(random, width, own * place(stretch) * times) / (double) width;
    return new Cluster(observed, width, Map.of(stretch, 1.0), controls);
  }

  private static double place(int stretch) {
    return .55 + .1 * stretch;
  }

  private static int count(SplittableRandom random, int trials, double chance) {
    int count = 0;
    for (int i = 0; i < trials; i++) {
      count += random.nextDouble() < chance ? 1 : 0;
    }
    return count;
  }
}
