package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusteredAreaTest {
  private static ClusteredArea area(List<ClusteredArea.Row> rows, int clusters) {
    return ClusteredArea.of(rows, clusters).orElseThrow();
  }

  /// Against the area and the pseudo-values of single texts.
  @Test
  void withOneWholeOutcomeAClusterItIsThePlainOne() {
    Random random = new Random(1);
    List<ClusteredArea.Row> rows = new ArrayList<>();
    List<PseudoValues.Scored> scored = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      boolean positive = random.nextInt(3) == 0;
      double score = Math.round(5 * random.nextDouble()) + (positive ? 2 : 0);
      rows.add(new ClusteredArea.Row(i, score, positive ? 1 : 0, positive ? 0 : 1));
      scored.add(new PseudoValues.Scored(score, positive));
    }
    ClusteredArea area = area(rows, 60);
    List<Double> plain = PseudoValues.area(scored);
    for (int i = 0; i < 60; i++) {
      assertThat(area.values().get(i)).isCloseTo(plain.get(i), within(1e-9));
    }
    double mean = area.values().stream().mapToDouble(v -> v).average().orElseThrow();
    assertThat(area.estimate()).isCloseTo(mean, within(1e-12));
  }

  /// A row of 2 yes and 1 no at score 5, one of 1 and 3 at score 4: of 3 · 4 pairs, 2 · 3 are
  /// right, 1 · 1 wrong, 2 · 1 + 1 · 3 tied.
  @Test
  void countsAreThatManyPositivesAndNegatives() {
    List<ClusteredArea.Row> rows =
        List.of(new ClusteredArea.Row(0, 5, 2, 1), new ClusteredArea.Row(1, 4, 1, 3));
    assertThat(area(rows, 2).estimate()).isCloseTo((6 + 2.5) / 12, within(1e-12));
    assertThat(ClusteredArea.of(List.of(new ClusteredArea.Row(0, 1, 1, 0)), 1)).isEmpty();
  }

  @Test
  void whatIsWhollyApartStillHasAnInterval() {
    List<ClusteredArea.Row> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(new ClusteredArea.Row(i, i, i < 10 ? 0 : 1, i < 10 ? 1 : 0));
    }
    Interval interval = area(rows, 20).interval(.95);
    assertThat(interval.high()).isEqualTo(1);
    assertThat(interval.low()).isBetween(.7, .95);
  }

  /// 400 studies of 50 clusters with 6 rows each, which share their score's shift and their
  /// outcome's probability. An interval by rows holds the true area far less often.
  @Test
  void theIntervalHoldsTheTrueAreaOfAlikeRows() {
    double truth = study(new Random(9), 20_000).estimate();
    int held = 0;
    int heldByRows = 0;
    Random random = new Random(2);
    for (int study = 0; study < 400; study++) {
      ClusteredArea area = study(random, 50);
      held += area.interval(.95).holds(truth) ? 1 : 0;
      AreaError rows = new AreaError(area.positives(), area.negatives());
      heldByRows += AreaError.interval(area.estimate(), rows, .95).holds(truth) ? 1 : 0;
    }
    assertThat(held / 400.0).isBetween(.92, .98);
    assertThat(heldByRows / 400.0).isLessThan(.8);
  }

  private static ClusteredArea study(Random random, int clusters) {
    List<ClusteredArea.Row> rows = new ArrayList<>();
    for (int c = 0; c < clusters; c++) {
      double shift = random.nextGaussian();
      for (int row = 0; row < 6; row++) {
        double score = shift + .3 * random.nextGaussian();
        double p = 1 / (1 + Math.exp(-shift));
        int yes = 0;
        for (int t = 0; t < 4; t++) {
          yes += random.nextDouble() < p ? 1 : 0;
        }
        rows.add(new ClusteredArea.Row(c, score, yes, 4 - yes));
      }
    }
    return area(rows, clusters);
  }
}
