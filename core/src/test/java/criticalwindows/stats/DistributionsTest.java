package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Our distributions against Apache Commons Statistics, at drawn places with a fixed seed.
class DistributionsTest {
  private static final int PLACES = 2000;

  private final SplittableRandom random = new SplittableRandom(1);

  /// Within a share of a value's size, and a little where it is zero.
  private static Offset<Double> about(double value, double share) {
    return within(share * Math.abs(value) + 1e-300);
  }

  @Test
  void normal() {
    NormalDistribution oracle = NormalDistribution.of(0, 1);
    for (int i = 0; i < PLACES; i++) {
      double z = random.nextDouble(-12, 12);
      assertThat(Normal.cumulative(z)).isCloseTo(oracle.cumulativeProbability(z), within(1e-14));
      double tail = oracle.cumulativeProbability(-Math.abs(z) - 7);
      assertThat(Normal.cumulative(-Math.abs(z) - 7)).isCloseTo(tail, about(tail, 1e-12));
      double p = random.nextDouble(1e-9, 1 - 1e-9);
      assertThat(Normal.quantile(p))
          .isCloseTo(oracle.inverseCumulativeProbability(p), within(1e-8));
    }
  }

  @Test
  void student() {
    for (int i = 0; i < PLACES; i++) {
      int freedom = random.nextInt(1, 3000);
      TDistribution oracle = TDistribution.of(freedom);
      double t = random.nextDouble(-8, 8);
      assertThat(Student.cumulative(t, freedom))
          .as("t = %s, %s degrees", t, freedom)
          .isCloseTo(oracle.cumulativeProbability(t), within(1e-11));
      double p = random.nextDouble(.001, .999);
      double quantile = oracle.inverseCumulativeProbability(p);
      assertThat(Student.quantile(p, freedom))
          .as("p = %s, %s degrees", p, freedom)
          .isCloseTo(quantile, within(1e-7 * Math.max(1, Math.abs(quantile))));
    }
  }

  @Test
  void binomial() {
    for (int i = 0; i < PLACES; i++) {
      int trials = random.nextInt(1, 400);
      double p = random.nextDouble();
      int successes = random.nextInt(trials + 1);
      double mass = BinomialDistribution.of(trials, p).probability(successes);
      assertThat(new Binomial(trials, p).mass(successes))
          .as("%s of %s with %s", successes, trials, p)
          .isCloseTo(mass, about(mass, 1e-10));
    }
  }

  @Test
  void binomialMeanDeviation() {
    for (int i = 0; i < PLACES / 20; i++) {
      int trials = random.nextInt(1, 200);
      double p = random.nextDouble();
      BinomialDistribution oracle = BinomialDistribution.of(trials, p);
      double mean = 0;
      for (int k = 0; k <= trials; k++) {
        mean += oracle.probability(k) * Math.abs((double) k / trials - p);
      }
      assertThat(new Binomial(trials, p).meanDeviation()).isCloseTo(mean, within(1e-11));
    }
  }

  @Test
  void pairedProportions() {
    for (int i = 0; i < PLACES; i++) {
      int first = random.nextInt(60);
      int second = random.nextInt(1, 60);
      BinomialDistribution coin = BinomialDistribution.of(first + second, .5);
      double twice = 2 * coin.cumulativeProbability(Math.min(first, second));
      assertThat(new PairedProportions(3, first, second, 4).pValue())
          .isCloseTo(Math.min(1, twice), within(1e-12));
    }
  }

  /// The pooled z test is the chi-squared test of a table of two by two.
  @Test
  void twoProportions() {
    ChiSquaredDistribution oracle = ChiSquaredDistribution.of(1);
    for (int i = 0; i < PLACES; i++) {
      double n = random.nextInt(5, 300);
      double m = random.nextInt(5, 300);
      double a = random.nextInt(1, (int) n);
      double b = random.nextInt(1, (int) m);
      double apart = a * (m - b) - b * (n - a);
      double square = apart * apart * (n + m) / ((a + b) * (n + m - a - b) * n * m);
      assertThat(TwoProportions.pValue(a / n, n, b / m, m))
          .isCloseTo(oracle.survivalProbability(square), within(1e-10));
    }
  }

  @Test
  void gamma() {
    for (int i = 0; i < PLACES; i++) {
      double x = random.nextDouble(1e-3, i % 2 == 0 ? 5 : 5000);
      double value = LogGamma.value(x);
      assertThat(Gamma.log(x)).isCloseTo(value, within(1e-12 * Math.max(1, Math.abs(value))));
      int n = random.nextInt(200);
      double rising = LogGamma.value(x + n) - value;
      assertThat(Gamma.logRising(x, n))
          .isCloseTo(rising, within(1e-11 * Math.max(1, Math.abs(value) + Math.abs(rising))));
    }
  }

  /// Of outcomes alone, the process behind [SoftProportion] is Jeffreys' posterior.
  @Test
  void beta() {
    for (int i = 0; i < PLACES; i++) {
      int trials = random.nextInt(1, 500);
      int successes = random.nextInt(trials + 1);
      BetaDistribution oracle = BetaDistribution.of(successes + .5, trials - successes + .5);
      SoftProportion outcomes = SoftProportion.of(new Proportion(successes, trials));
      assertThat(outcomes.centre()).isCloseTo(oracle.getMean(), within(1e-13));
      assertThat(outcomes.variance()).isCloseTo(oracle.getVariance(), within(1e-13));
      double log = Gamma.log(.5 + successes) + Gamma.log(2) - Gamma.log(2.5 + successes);
      assertThat(log).isCloseTo(LogBeta.value(.5 + successes, 2), within(1e-11));
    }
  }
}
