package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.stats.ShareRatio.Cluster;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareRatioTest {
  private static final double LEVEL = .95;

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
    int rounds = 2000;
    int held = 0;
    for (int round = 0; round < rounds; round++) {
      List<Cluster> drawn = new ArrayList<>();
      for (int i = 0; i < clusters; i++) {
        drawn.add(drawn(random, width, share, times));
      }
      held += ShareRatio.of(drawn, LEVEL).interval().holds(times) ? 1 : 0;
    }
    System.out.println(
        clusters + " " + width + " " + share + " " + times + " -> " + held / (double) rounds);
    assertThat(held / (double) rounds).isBetween(.93, .995);
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
