package criticalwindows.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.testbed.Measurement.Label;
import criticalwindows.testbed.Measurement.Verdict;
import criticalwindows.world.Program;
import criticalwindows.world.RepeatedWord;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasurementTest {
  private static final Label LABEL = new Label("part", "", "what");

  @Test
  void aBarIsMetUpToItsLimit() {
    assertThat(verdict(new Bar.AtMost(.03), .03, 0)).isEqualTo(Verdict.MET);
    assertThat(verdict(new Bar.AtMost(.03), .031, 0)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(new Bar.AtLeast(.9), .89, 0)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(new Bar.Near(.8, .03), .76, 0)).isEqualTo(Verdict.MISSED);
    assertThat(verdict(new Bar.Near(.8, .03), .82, 0)).isEqualTo(Verdict.MET);
    assertThat(verdict(Bar.none(), 99, 0)).isEqualTo(Verdict.FIGURE);
  }

  @Test
  void slackWidensABarByStandardErrors() {
    assertThat(verdict(new Bar.AtMost(.03), .069, 4)).isEqualTo(Verdict.MET);
    assertThat(verdict(new Bar.AtMost(.03), .071, 4)).isEqualTo(Verdict.MISSED);
  }

  @Test
  void barsAreShownShort() {
    assertThat(new Bar.AtMost(.03).show()).isEqualTo("<= 0.03");
    assertThat(new Bar.AtMost(50).show()).isEqualTo("<= 50");
    assertThat(new Bar.AtLeast(.9).show()).isEqualTo(">= 0.9");
    assertThat(new Bar.AtMost(1.3).show()).isEqualTo("<= 1.3");
    assertThat(new Bar.Near(0, .02).show()).isEqualTo("± 0.02");
    assertThat(Bar.none().show()).isEmpty();
  }

  @Test
  void theNoiseOfAShareIsThatAtItsBar() {
    Estimate estimate = Estimate.share(new Proportion(5, 100), .03);
    assertThat(estimate.value()).isEqualTo(.05);
    assertThat(estimate.noise()).isEqualTo(Math.sqrt(.03 * .97 / 100));
    assertThat(estimate.interval()).isEqualTo(new Proportion(5, 100).wilson(.95));
  }

  @ParameterizedTest
  @CsvSource({"'.2,.2,.9', 1, .7", "'.9,.5,.8,1', 1, .3", "'1,.4', 0, -.6", "'0,.5,1', 0, .5"})
  void theLargestRiseIsTheEarliestOfEqualOnes(String values, int interval, double rise) {
    List<Double> curve = List.of(values.split(",")).stream().map(Double::valueOf).toList();
    assertThat(Jump.largest(curve).interval()).isEqualTo(interval);
    assertThat(Jump.largest(curve).rise())
        .isCloseTo(rise, org.assertj.core.api.Assertions.within(1e-12));
  }

  @Test
  void answersAreReadAtTheEndAlone() {
    assertThat(FinalAnswers.read("So. The answer is (B).")).contains("(B)");
    assertThat(FinalAnswers.read("The answer is $42$.")).contains("$42$");
    assertThat(FinalAnswers.read("The answer is (B). The answer is (C).")).contains("(C)");
    assertThat(FinalAnswers.read("The answer is (B). Wait")).isEmpty();
    assertThat(FinalAnswers.read("The answer is (F).")).isEmpty();
  }

  /// Every posterior takes as long as the clock says, the first half of them unheard.
  @Test
  void timesAreThoseAfterTheWarmUp() {
    Deque<Long> clock = new ArrayDeque<>();
    for (long i = 0; i < 6; i++) {
      clock.add(0L);
      clock.add(i < 2 ? 900_000_000L : i * 1_000_000L);
    }
    List<Program> programs = Collections.nCopies(4, new RepeatedWord("b", "", 1));
    PosteriorTimes times =
        PosteriorTimes.measure("words", programs, new SplittableRandom(1), clock::remove);
    assertThat(times.milliseconds()).containsExactly(2.0, 3.0, 4.0, 5.0);
    assertThat(times.measurements().get(0).estimate().value()).isEqualTo(3);
    assertThat(times.measurements().get(1).estimate().value()).isEqualTo(5);
    assertThat(times.measurements().get(0).verdict(0)).isEqualTo(Verdict.MET);
    assertThat(PosteriorTimes.together(List.of(times, times)).milliseconds()).hasSize(8);
  }

  private static Verdict verdict(Bar bar, double value, double slack) {
    Estimate estimate = new Estimate(value, new Interval(value, value), 1, .01);
    return Measurement.held(LABEL, estimate, bar).verdict(slack);
  }
}
