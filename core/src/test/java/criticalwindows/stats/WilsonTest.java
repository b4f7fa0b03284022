package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonTest {
  /// *Source:* Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
  /// Medicine 17 (1998) 857–872, table I, method 3.
  @ParameterizedTest
  @CsvSource({"81,263,.2553,.3662", "15,148,.0624,.1605", "0,20,0,.1611", "1,29,.0061,.1718"})
  void agreesWithNewcombe(long successes, long trials, double low, double high) {
    Interval interval = new Proportion(successes, trials).wilson(.95);
    assertThat(interval.low()).isCloseTo(low, within(5e-5));
    assertThat(interval.high()).isCloseTo(high, within(5e-5));
  }

  @Test
  void nothingTriedSaysNothing() {
    assertThat(Proportion.NONE.wilson(.95)).isEqualTo(new Interval(0, 1));
    assertThat(Wilson.clustered(List.of(Proportion.NONE), .95)).isEqualTo(new Interval(0, 1));
  }

  /// Exact: for each p the coverage is a sum of binomial probabilities, no simulation. Wilson's
  /// interval is known to dip to about .83 close to 0 and 1 and to average close to its level.
  @Test
  void coversOnAverageWhatItSays() {
    double total = 0;
    int points = 0;
    for (double p = .05; p < .951; p += .01) {
      total += coverage(25, p);
      points++;
    }
    assertThat(total / points).isBetween(.94, .965);
  }

  private static double coverage(int n, double p) {
    double covered = 0;
    double weight = Math.pow(1 - p, n);
    for (int k = 0; k <= n; k++) {
      covered += new Proportion(k, n).wilson(.95).holds(p) ? weight : 0;
      weight *= (n - k) / (k + 1.0) * p / (1 - p);
    }
    return covered;
  }

  /// Problems whose own probabilities differ: u² with u uniform, mean 1/3. Pooled Wilson intervals
  /// would cover about half the time.
  @Test
  void clustersAreNotTakenForIndependentTrials() {
    SplittableRandom random = new SplittableRandom(7);
    int clustered = 0;
    int pooled = 0;
    int replays = 2000;
    for (int replay = 0; replay < replays; replay++) {
      List<Proportion> problems = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        double p = Math.pow(random.nextDouble(), 2);
        int successes = 0;
        for (int j = 0; j < 25; j++) {
          successes += random.nextDouble() < p ? 1 : 0;
        }
        problems.add(new Proportion(successes, 25));
      }
      clustered += Wilson.clustered(problems, .95).holds(1 / 3.0) ? 1 : 0;
      Proportion all = problems.stream().reduce(Proportion.NONE, Proportion::plus);
      pooled += all.wilson(.95).holds(1 / 3.0) ? 1 : 0;
    }
    assertThat(clustered / (double) replays).isBetween(.93, .97);
    assertThat(pooled / (double) replays).isLessThan(.7);
  }

  @Test
  void clustersThatAllAgreeCountAsOneTrialEach() {
    List<Proportion> same =
        List.of(new Proportion(25, 25), new Proportion(25, 25), new Proportion(25, 25));
    Interval interval = Wilson.clustered(same, .95);
    assertThat(interval.high()).isEqualTo(1);
    assertThat(interval.low()).isLessThan(new Proportion(3, 3).wilson(.95).low() + 1e-12);
  }

  /// *Source:* Python 3.11, statistics.NormalDist().inv_cdf and .cdf.
  @ParameterizedTest
  @CsvSource({
    ".975,1.9599639845400536",
    ".5,0",
    ".95,1.6448536269514715",
    ".001,-3.090232306167813",
    ".999999,4.753424308817089"
  })
  void normalQuantiles(double p, double z) {
    assertThat(Normal.quantile(p)).isCloseTo(z, within(1e-10));
    assertThat(Normal.cumulative(z)).isCloseTo(p, within(1e-12));
  }
}
