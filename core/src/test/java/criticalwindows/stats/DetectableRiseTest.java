package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DetectableRiseTest {
  @Test
  void powerIsWhatSimulationGives() {
    SplittableRandom random = new SplittableRandom(3);
    for (int n : new int[] {5, 25, 50}) {
      for (double alpha : new double[] {.05, .01}) {
        DetectableRise rise = DetectableRise.byTest(n, alpha);
        for (double height : new double[] {0, .2, .5}) {
          int found = 0;
          int rounds = 20_000;
          for (int i = 0; i < rounds; i++) {
            int before = draw(random, n, (1 - height) / 2);
            int after = draw(random, n, (1 + height) / 2);
            double p = TwoProportions.pValue((double) before / n, n, (double) after / n, n);
            found += after > before && p <= alpha ? 1 : 0;
          }
          double exact = rise.power(height);
          double noise = Math.sqrt(exact * (1 - exact) / rounds);
          assertThat((double) found / rounds).isCloseTo(exact, within(4 * noise + 1e-9));
        }
      }
    }
  }

  private static int draw(SplittableRandom random, int n, double p) {
    int successes = 0;
    for (int i = 0; i < n; i++) {
      successes += random.nextDouble() < p ? 1 : 0;
    }
    return successes;
  }

  @Test
  void byHandForOneAndTwoTrials() {
    // One trial each: more than half a jump is 0 then 1, which has probabilities ((1 + rise) / 2)².
    DetectableRise one = DetectableRise.byTenths(1, 5);
    assertThat(one.power(.6)).isCloseTo(.64, within(1e-12));
    assertThat(one.smallest(.8).orElseThrow()).isCloseTo(2 * Math.sqrt(.8) - 1, within(1e-4));
    // Two each: only 0 then 2 rises by more than .5.
    assertThat(DetectableRise.byTenths(2, 5).power(.6)).isCloseTo(.64 * .64, within(1e-12));
    assertThat(DetectableRise.byTest(1, .05).smallest(.8)).isEmpty();
  }

  @Test
  void theSmallestIsFoundJustOftenEnough() {
    for (int n : new int[] {10, 25, 100, 400}) {
      DetectableRise rise = DetectableRise.byTest(n, .01);
      double smallest = rise.smallest(.8).orElseThrow();
      assertThat(rise.power(smallest)).isGreaterThanOrEqualTo(.8);
      assertThat(rise.power(smallest - 2e-4)).isLessThan(.8);
    }
  }

  @Test
  void withManyTrialsItIsWhatTheNormalDistributionSays() {
    // Fleiss et al. (2003), 4.2: d = z(.975) √(2 p̄ q̄ / n) + z(.8) √((p₁q₁ + p₂q₂) / n).
    int n = 1000;
    double d = DetectableRise.byTest(n, .05).smallest(.8).orElseThrow();
    double normal =
        Normal.quantile(.975) * Math.sqrt(.5 / n)
            + Normal.quantile(.8) * Math.sqrt((1 - d * d) / 2 / n);
    assertThat(d).isCloseTo(normal, within(.002));
    assertThat(DetectableRise.ofMeans(n, .05, .8)).isCloseTo(normal, within(.001));
  }

  @Test
  void meansOfProblemsThatRiseAlikeAreFoundAtLeastThatOften() {
    SplittableRandom random = new SplittableRandom(8);
    int problems = 400;
    double rise = DetectableRise.ofMeans(problems, .05, .8);
    int found = 0;
    int rounds = 4000;
    for (int round = 0; round < rounds; round++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < problems; i++) {
        double start = .5 - rise / 2 + .02 * (random.nextDouble() - .5);
        int d = draw(random, 1, start + rise) - draw(random, 1, start);
        sum += d;
        squares += d * d;
      }
      double mean = sum / problems;
      double error = Math.sqrt((squares / problems - mean * mean) / problems);
      found += mean / error >= Normal.quantile(.975) ? 1 : 0;
    }
    assertThat((double) found / rounds).isBetween(.78, .84);
  }
}
