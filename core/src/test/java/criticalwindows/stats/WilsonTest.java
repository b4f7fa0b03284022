package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
