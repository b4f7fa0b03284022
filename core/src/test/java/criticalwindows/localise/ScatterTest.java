package criticalwindows.localise;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScatterTest {
  private static final int EACH = 30;

  /// Counts on a step where, at each cut, so large a share of the continuations repeats the first
  /// one's outcome, as a cache would.
  private static Scatter.Seen step(double repeated, SplittableRandom random) {
    List<Curve.Point> points = new ArrayList<>();
    for (int kept = 0; kept < 100; kept += 4) {
      double p = kept < 50 ? .3 : .8;
      boolean first = random.nextDouble() < p;
      int same = 0;
      for (int i = 0; i < EACH; i++) {
        boolean again = random.nextDouble() < repeated;
        same += (again ? first : random.nextDouble() < p) ? 1 : 0;
      }
      points.add(new Curve.Point(kept, new Proportion(same, EACH)));
    }
    return new Scatter.Seen(new Curve(points).endingAt(new Curve.End(100, true)), 100);
  }

  /// A share of .5 that repeats correlates any two by a quarter.
  @Test
  void repeatedOutcomesAreSeenAndWiden() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 4; i++) {
      Scatter scatter = Scatter.of(List.of(step(.5, random)), Prior.STANDARD);
      assertThat(scatter.wide()).isTrue();
      assertThat(scatter.correlation()).isBetween(.04, .6);
      assertThat(scatter.of(Prior.STANDARD).concentration()).isLessThan(50);
    }
  }

  @Test
  void independentOutcomesAreLeftAsTheyAre() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 8; i++) {
      Scatter scatter = Scatter.of(List.of(step(0, random)), Prior.STANDARD);
      assertThat(scatter).isEqualTo(new Scatter(Prior.STANDARD.concentration(), false));
      assertThat(scatter.of(Prior.STANDARD)).isEqualTo(Prior.STANDARD);
    }
  }

  /// Slight repetition that no single response shows.
  @Test
  void manyResponsesShowWhatOneDoesNot() {
    SplittableRandom random = new SplittableRandom(5);
    List<Scatter.Seen> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      all.add(step(.3, random));
    }
    assertThat(Scatter.of(all, Prior.STANDARD).wide()).isTrue();
  }

  @Test
  void nothingSeenIsNothingWide() {
    assertThat(Scatter.of(List.of(), Prior.STANDARD).wide()).isFalse();
  }
}
