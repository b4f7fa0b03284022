package criticalwindows.localise;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JumpRuleTest {
  @Test
  void aJumpOfMoreThanAHalfIsAWindow() {
    assertThat(window(10, 2, 2, 8, 9))
        .hasValueSatisfying(
            window -> {
              assertThat(window.from()).isEqualTo(20);
              assertThat(window.to()).isEqualTo(30);
              assertThat(window.rise()).isEqualTo(.8 - .2);
            });
  }

  @Test
  void exactlyAHalfIsNotMoreThanAHalf() {
    // .7 - .2 is .49999999999999994 in floating point, .8 - .3 is .5, and .9 - .4 is .5: on counts
    // all are 5 of 10.
    assertThat(window(10, 2, 7)).isEmpty();
    assertThat(window(10, 3, 8)).isEmpty();
    assertThat(window(10, 2, 8)).isPresent();
  }

  @Test
  void aDropOfMoreThanThreeTenthsUnmakesIt() {
    assertThat(window(10, 2, 9, 6)).isPresent();
    assertThat(window(10, 2, 9, 5)).isEmpty();
  }

  @Test
  void theLargestJumpWinsAndTheEarliestAmongEquals() {
    assertThat(window(25, 0, 13, 12, 25).map(Window::from)).contains(10);
    assertThat(window(25, 0, 13, 10, 25).map(Window::from)).contains(30);
  }

  @Test
  void emptyLevelsAreLeftOut() {
    Curve curve =
        new Curve(
            List.of(
                new Curve.Point(1, new Proportion(1, 10)),
                new Curve.Point(2, Proportion.NONE),
                new Curve.Point(3, new Proportion(9, 10))));
    assertThat(JumpRule.PUBLISHED.window(curve)).contains(new Window(1, 3, .9 - .1));
  }

  /// Every possible set of six counts of ten, each weighed by its probability on a flat curve: no
  /// simulation.
  @Test
  void onFlatCurvesItFiresAtMostOnceInAHundred() {
    double worst = 0;
    for (double p = .1; p < .95; p += .1) {
      worst = Math.max(worst, firing(10, p));
    }
    assertThat(worst).isBetween(.001, .01);
  }

  private static double firing(int n, double p) {
    double[] weights = new double[n + 1];
    weights[0] = Math.pow(1 - p, n);
    for (int k = 0; k < n; k++) {
      weights[k + 1] = weights[k] * (n - k) / (k + 1.0) * p / (1 - p);
    }
    return firing(weights, new int[6], 0, 1);
  }

  private static double firing(double[] weights, int[] counts, int level, double weight) {
    if (weight < 1e-9) {
      return 0;
    }
    if (level == counts.length) {
      return window(weights.length - 1, counts).isPresent() ? weight : 0;
    }
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      counts[level] = k;
      sum += firing(weights, counts, level + 1, weight * weights[k]);
    }
    return sum;
  }

  private static java.util.Optional<Window> window(int trials, int... counts) {
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      points.add(new Curve.Point(10 * (i + 1), new Proportion(counts[i], trials)));
    }
    return JumpRule.PUBLISHED.window(new Curve(points));
  }
}
