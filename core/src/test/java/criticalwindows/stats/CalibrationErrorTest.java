package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationErrorTest {
  /// Two bins: forecasts .2 and .3 of shares 0 and .5, off by 0 on average; .8 and .9 of 1 and 0.
  @Test
  void itIsTheMeanDistanceOverBinsOfEqualWeight() {
    List<CalibrationError.Row> rows =
        List.of(
            new CalibrationError.Row(0, .2, 0, 1),
            new CalibrationError.Row(1, .3, .5, 1),
            new CalibrationError.Row(2, .8, 1, 1),
            new CalibrationError.Row(3, .9, 0, 1));
    CalibrationError error = CalibrationError.of(rows, 4, 2);
    assertThat(error.estimate()).isCloseTo((0 + .7) / 4, within(1e-12));
    assertThat(error.interval(.95).holds(error.estimate())).isTrue();
  }

  /// Forecasts that are right, of 40 clusters with 5 rows: the error is what noise gives.
  @Test
  void rightForecastsHaveTheErrorThatNoiseGives() {
    Random random = new Random(1);
    double error = 0;
    double noise = 0;
    for (int study = 0; study < 200; study++) {
      CalibrationError found = study(random, 40, 0);
      error += found.estimate() / 200;
      noise += found.noise() / 200;
    }
    assertThat(error).isBetween(.9 * noise, 1.1 * noise);
  }

  /// Forecasts that are too high by .2 everywhere, of 60 clusters.
  @Test
  void theIntervalHoldsTheErrorOfForecastsThatAreWrong() {
    Random random = new Random(2);
    int held = 0;
    for (int study = 0; study < 300; study++) {
      held += study(random, 60, .2).interval(.95).holds(.2) ? 1 : 0;
    }
    assertThat(held / 300.0).isBetween(.92, .99);
  }

  private static CalibrationError study(Random random, int clusters, double excess) {
    List<CalibrationError.Row> rows = new ArrayList<>();
    for (int c = 0; c < clusters; c++) {
      double p = .7 * random.nextDouble();
      double outcome = random.nextDouble() < p ? 1 : 0;
      for (int row = 0; row < 5; row++) {
        rows.add(new CalibrationError.Row(c, p + excess, outcome, 1));
      }
    }
    return CalibrationError.of(rows, clusters, 5);
  }
}
