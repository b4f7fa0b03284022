package criticalwindows.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogisticTest {
  private static List<Logistic.Row> rows(double a, double b, double trials) {
    List<Logistic.Row> rows = new ArrayList<>();
    for (double x = -3; x <= 3; x += .25) {
      rows.add(new Logistic.Row(x, trials / (1 + Math.exp(-(a + b * x))), trials, 1));
    }
    return rows;
  }

  @Test
  void itFindsTheFunctionThatTheSharesAreOf() {
    Logistic fit = Logistic.fit(rows(-1, 2, 1e6));
    for (double x : new double[] {-2, 0, .5, 3}) {
      assertThat(fit.probability(x)).isCloseTo(1 / (1 + Math.exp(1 - 2 * x)), within(1e-5));
    }
  }

  @Test
  void aScoreThatTellsNothingGivesTheBaseRate() {
    Random random = new Random(5);
    List<Logistic.Row> rows =
        Stream.generate(() -> new Logistic.Row(random.nextGaussian(), 3e4, 1e5, 1))
            .limit(50)
            .toList();
    assertThat(Logistic.fit(rows).probability(-1)).isCloseTo(.3, within(1e-3));
    assertThat(Logistic.fit(rows).probability(2)).isCloseTo(.3, within(1e-3));
  }

  @Test
  void outcomesThatAreWhollyApartGiveAFiniteFit() {
    List<Logistic.Row> rows =
        List.of(Logistic.Row.of(0, new Proportion(0, 5)), Logistic.Row.of(1, new Proportion(5, 5)));
    Logistic fit = Logistic.fit(rows);
    assertThat(fit.probability(0)).isBetween(1e-6, .1);
    assertThat(fit.probability(1)).isBetween(.9, 1 - 1e-6);
    assertThat(fit.probability(1e6)).isBetween(.9, 1.0);
  }

  @Test
  void oneScoreAloneGivesItsShare() {
    Logistic fit = Logistic.fit(List.of(Logistic.Row.of(7, new Proportion(200, 1000))));
    assertThat(fit.probability(7)).isCloseTo(.2, within(.01));
  }

  /// At the most probable function the gradient is nothing: the sum of what is seen beyond what is
  /// said equals the prior's pull.
  @Test
  void itIsTheMostProbableFunction() {
    List<Logistic.Row> rows = rows(.3, -1.2, 4);
    Logistic fit = Logistic.fit(rows);
    double gradient = -fit.intercept() / 25;
    for (Logistic.Row row : rows) {
      gradient += row.successes() - row.trials() * fit.probability(row.score());
    }
    assertThat(gradient).isCloseTo(0, within(1e-7));
  }
}
