package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemMeanTest {
  /// By hand, 4 of 8: the process's mean is .5, its variance .25 ÷ 10, t(.975, 7) = 2.364624.
  @Test
  void isTheUnionOfTwoIntervals() {
    Interval interval = ProblemMean.of(new Proportion(4, 8)).interval(.95);
    assertThat(interval.low()).isCloseTo(.5 - 2.364624 * Math.sqrt(.025), within(1e-6));
    Interval all = ProblemMean.of(new Proportion(8, 8)).interval(.95);
    assertThat(all.low()).isCloseTo(new Proportion(8, 8).wilson(.95).low(), within(1e-12));
    assertThat(all.high()).isEqualTo(1);
  }

  @Test
  void everyProblemCountsTheSame() {
    ProblemMean mean =
        ProblemMean.of(List.of(new Proportion(50, 100), new Proportion(1, 1), Proportion.NONE));
    assertThat(mean.problems()).isEqualTo(2);
    assertThat(mean.estimate()).isCloseTo(.75, within(1e-12));
  }

  @Test
  void nothingKnownSaysNothing() {
    assertThat(ProblemMean.of(List.of(Proportion.NONE)).interval(.95))
        .isEqualTo(new Interval(0, 1));
    assertThat(ProblemMean.of(List.of()).known()).isFalse();
  }

  /// One sample more or less is no news: 30 problems of 25 of 25, and one of them with 24.
  @Test
  void oneSampleLessDoesNotShrinkTheInterval() {
    List<Proportion> all = new ArrayList<>(Collections.nCopies(30, new Proportion(25, 25)));
    Interval before = ProblemMean.of(all).interval(.95);
    all.set(7, new Proportion(24, 25));
    Interval after = ProblemMean.of(all).interval(.95);
    assertThat(after.low()).isCloseTo(before.low(), within(.01)).isLessThan(.9);
    assertThat(after.high()).isCloseTo(before.high(), within(.01));
  }
}
