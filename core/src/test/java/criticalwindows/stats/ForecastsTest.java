package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastsTest {
  /// Over all counts of n trials, weighted by their probabilities, each score is its expectation.
  @Test
  void countsGiveTheScoresWithoutBias() {
    for (double p : new double[] {0, .03, .4, 1}) {
      for (double q : new double[] {.01, .4, .9}) {
        for (int n : new int[] {2, 3, 10}) {
          double brier = 0;
          double beyond = 0;
          double log = 0;
          for (int k = 0; k <= n; k++) {
            Forecasts one = Forecasts.of(List.of(new Forecasts.Row(q, new Proportion(k, n))));
            double weight = new Binomial(n, p).mass(k);
            brier += weight * one.brier();
            beyond += weight * one.beyond().orElseThrow();
            log += weight * one.log();
          }
          Forecasts exact = Forecasts.exact(List.of(new Forecasts.Exact(q, p)));
          assertThat(brier).isCloseTo(exact.brier(), within(1e-12));
          assertThat(log).isCloseTo(exact.log(), within(1e-12));
          assertThat(beyond).isCloseTo((q - p) * (q - p), within(1e-12));
          assertThat(exact.beyond().orElseThrow()).isCloseTo((q - p) * (q - p), within(1e-15));
          assertThat(exact.brier()).isCloseTo((q - p) * (q - p) + p * (1 - p), within(1e-12));
        }
      }
    }
  }

  @Test
  void singleTrialsDoNotTellTheNoise() {
    Forecasts one = Forecasts.of(List.of(new Forecasts.Row(.5, new Proportion(1, 1))));
    assertThat(one.beyond()).isEmpty();
    assertThat(one.brier()).isEqualTo(.25);
  }
}
