package criticalwindows.foresight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SoftmaxHeadTest {
  private static final double[][] TRUTH = {
    {1, -.5, .3}, {-.7, .2, 0}, {0, .9, -.4}, {.4, .4, .8}, {-.2, -1, .1}
  };
  private static final double[] ADDED = {.3, -.2, 0, .1, -.4};

  /// Counts are the probabilities themselves, so that the least loss is where they are met.
  @Test
  void aHeadRecoversTheSoftmaxThatMadeItsCounts() {
    List<SoftmaxHead.Row> rows = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 300; i++) {
      float[] state = state(random);
      int options = i % 3 == 0 ? 3 : 5;
      Forecast forecast = truth(state, options);
      rows.add(new SoftmaxHead.Row(state, new AnswerCounts(List.copyOf(forecast.probabilities()))));
    }
    SoftmaxHead head = SoftmaxHead.fit(rows, 1e-9);
    for (int i = 0; i < 50; i++) {
      float[] state = state(random);
      for (int options : new int[] {3, 4, 5}) {
        Forecast expected = truth(state, options);
        Forecast found = head.of(state, options);
        assertThat(found.options()).isEqualTo(options);
        for (int k = 0; k < options; k++) {
          assertThat(found.of(k)).isCloseTo(expected.of(k), within(1e-4));
        }
      }
    }
  }

  /// States are of other sizes and centres, which standardising takes away.
  private static float[] state(SplittableRandom random) {
    return new float[] {
      (float) random.nextGaussian(),
      (float) (10 + 3 * random.nextGaussian()),
      (float) (.1 * random.nextGaussian())
    };
  }

  private static Forecast truth(float[] state, int options) {
    double[] logits = new double[options];
    for (int k = 0; k < options; k++) {
      logits[k] =
          ADDED[k]
              + TRUTH[k][0] * state[0]
              + TRUTH[k][1] * (state[1] - 10) / 3
              + TRUTH[k][2] * state[2] * 10;
    }
    return Forecast.ofLogs(logits);
  }

  @Test
  void withoutASignalTheStrongestPenaltyIsChosenAndSharesAreLearnt() {
    List<SoftmaxHead.Row> rows = new ArrayList<>();
    List<String> items = new ArrayList<>();
    List<float[]> states = new ArrayList<>();
    int seconds = 0;
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 200; i++) {
      int option = random.nextInt(4) == 0 ? 1 : 0;
      seconds += option;
      states.add(state(random));
      rows.add(new SoftmaxHead.Row(states.getLast(), oneOf(option)));
      items.add("item " + i / 4);
    }
    SoftmaxHead head = SoftmaxHead.fit(rows, items);
    assertThat(head.penalty()).isEqualTo(1);
    assertThat(states.stream().mapToDouble(state -> head.of(state, 2).of(1)).average())
        .hasValueCloseTo((double) seconds / states.size(), within(1e-5));
  }

  private static AnswerCounts oneOf(int option) {
    Double[] counts = {0.0, 0.0};
    counts[option] = 1.0;
    return new AnswerCounts(Arrays.asList(counts));
  }

  @Test
  void thePenaltyTakesItsPart() {
    float[][] states = {{1}, {-1}};
    List<AnswerCounts> counts = List.of(oneOf(0), oneOf(1));
    SoftmaxLoss loss = new SoftmaxLoss(states, counts, .5);
    double[] weights = loss.least(new double[10]);
    // By symmetry w = weights[0] = −weights[2]; the slope of ln(1 + e^(−2w)) + .5 w² is 0.
    assertThat(weights[2]).isCloseTo(-weights[0], within(1e-6));
    assertThat(weights[0] - 2 / (1 + Math.exp(2 * weights[0]))).isCloseTo(0, within(1e-6));
    assertThat(loss.value(weights)).isLessThan(loss.value(new double[10]));
  }
}
