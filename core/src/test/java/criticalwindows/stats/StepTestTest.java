package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StepTestTest {
  /// Steps on a line: −.1 from .3, .1 from .7.
  @Test
  void driftAndPullAreTheLineOfTheSteps() {
    List<StepTest.Move> moves =
        List.of(
            new StepTest.Move(0, .3, .2),
            new StepTest.Move(1, .7, .8),
            new StepTest.Move(2, .5, .6));
    StepTest test = StepTest.of(moves);
    assertThat(test.pull()).isCloseTo(.5, within(1e-12));
    assertThat(test.drift()).isCloseTo(.1 / 3, within(1e-12));
    assertThat(test.steps()).isEqualTo(3);
  }

  @Test
  void withTwoClustersNothingIsTold() {
    StepTest test =
        StepTest.of(List.of(new StepTest.Move(0, .3, .2), new StepTest.Move(1, .7, .8)));
    assertThat(test.pValue()).isEqualTo(1);
    assertThat(StepTest.of(List.of()).pValue()).isEqualTo(1);
  }

  /// Forecasts of a hidden walk that ends at 0 or 1: each is the probability of that, exactly.
  @Test
  void rightForecastsAreSeldomRejectedAndStretchedOnesOften() {
    Random random = new Random(1);
    int right = 0;
    int wrong = 0;
    for (int study = 0; study < 400; study++) {
      List<StepTest.Move> moves = new ArrayList<>();
      List<StepTest.Move> stretched = new ArrayList<>();
      for (int c = 0; c < 80; c++) {
        double at = 2 + random.nextInt(7);
        for (int step = 0; step < 8; step++) {
          double next = at == 0 || at == 10 ? at : at + (random.nextBoolean() ? 1 : -1);
          moves.add(new StepTest.Move(c, at / 10, next / 10));
          stretched.add(new StepTest.Move(c, stretched(at), stretched(next)));
          at = next;
        }
      }
      right += StepTest.of(moves).pValue() < .05 ? 1 : 0;
      wrong += StepTest.of(stretched).pValue() < .05 ? 1 : 0;
    }
    assertThat(right / 400.0).isBetween(.02, .085);
    assertThat(wrong / 400.0).isGreaterThan(.6);
  }

  /// A forecast of too large odds.
  private static double stretched(double at) {
    double p = Math.clamp(at / 10, .01, .99);
    double odds = Math.pow(p / (1 - p), 2);
    return odds / (1 + odds);
  }
}
