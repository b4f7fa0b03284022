package criticalwindows.foresight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForecastScoresTest {
  private static final Forecast EXACT = Forecast.of(.5, .3, .2);
  private static final Forecast SAID = Forecast.of(.6, .4, 0);

  @Test
  void exactScoresAreThoseByHand() {
    assertThat(ForecastScores.excess(SAID, EXACT)).isCloseTo(.01 + .01 + .04, within(1e-12));
    assertThat(ForecastScores.brier(SAID, EXACT)).isCloseTo(.06 + .25 + .21 + .16, within(1e-12));
    double log = -.5 * Math.log(.6) - .3 * Math.log(.4) - .2 * Math.log(1e-6);
    assertThat(ForecastScores.log(SAID, EXACT)).isCloseTo(log, within(1e-12));
    assertThat(ForecastScores.excess(EXACT, EXACT)).isZero();
  }

  /// The Brier score by what it is: the mean over answers of Σ (q − y)².
  @Test
  void brierIsTheMeanOverAnswers() {
    double mean = 0;
    for (int answer = 0; answer < 3; answer++) {
      mean += EXACT.of(answer) * ForecastScores.excess(SAID, certain(answer));
    }
    assertThat(ForecastScores.brier(SAID, EXACT)).isCloseTo(mean, within(1e-12));
  }

  /// Over all outcomes of n continuations, each with its probability.
  @Test
  void theNoiseOfCountsIsTakenOffWithoutBias() {
    for (int n = 2; n <= 5; n++) {
      double mean = 0;
      double all = 0;
      for (int a = 0; a <= n; a++) {
        for (int b = 0; a + b <= n; b++) {
          double probability = multinomial(a, b, n - a - b);
          all += probability;
          AnswerCounts counts =
              new AnswerCounts(List.of((double) a, (double) b, (double) (n - a - b)));
          mean += probability * ForecastScores.excess(SAID, counts);
        }
      }
      assertThat(all).isCloseTo(1, within(1e-12));
      assertThat(mean).isCloseTo(ForecastScores.excess(SAID, EXACT), within(1e-12));
    }
  }

  private static double multinomial(int a, int b, int c) {
    double ways = factorial(a + b + c) / (factorial(a) * factorial(b) * factorial(c));
    return ways * Math.pow(EXACT.of(0), a) * Math.pow(EXACT.of(1), b) * Math.pow(EXACT.of(2), c);
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }

  /// Pólya's urn: the share of a colour is a martingale. All paths, each with its probability; half
  /// of them stop early, at a place that depends on the past alone.
  @Test
  void aMartingaleHasNoDriftAndNoReversal() {
    double[] means = new double[3];
    walk(new int[] {2, 1, 1}, 1, new ArrayList<>(), means);
    assertThat(means[0]).isCloseTo(0, within(1e-12));
    assertThat(means[1]).isCloseTo(0, within(1e-12));
    assertThat(means[2]).isCloseTo(1, within(1e-12));
  }

  private static void walk(int[] urn, double probability, List<Forecast> along, double[] means) {
    List<Forecast> here = new ArrayList<>(along);
    here.add(Forecast.of(urn[0], urn[1], urn[2]));
    boolean stops = here.size() == 6 || (here.size() > 2 && urn[1] == urn[0]);
    if (stops) {
      means[0] += probability * ForecastScores.drift(here, 0);
      means[1] += probability * ForecastScores.reversal(here);
      means[2] += probability;
      return;
    }
    for (int colour = 0; colour < 3; colour++) {
      int[] next = urn.clone();
      next[colour]++;
      walk(next, probability * here.getLast().of(colour), here, means);
    }
  }

  @Test
  void forecastsThatGoBackOnThemselvesHaveANegativeReversal() {
    Forecast middle = Forecast.of(.5, .5);
    List<Forecast> back = List.of(middle, Forecast.of(.9, .1), middle);
    assertThat(ForecastScores.reversal(back)).isCloseTo(-.4 * .9 + .4 * .1, within(1e-12));
    assertThat(ForecastScores.drift(back, 0)).isZero();
    List<Forecast> onwards = List.of(middle, Forecast.of(.7, .3), Forecast.of(1, 0));
    assertThat(ForecastScores.reversal(onwards)).isCloseTo(.3 * .7 - .3 * .3, within(1e-12));
    assertThat(ForecastScores.drift(onwards, 0)).isCloseTo(.5, within(1e-12));
  }

  /// The identity of Augenblick and Rabin.
  @Test
  void reversalIsHalfOfReductionLessMovement() {
    List<Forecast> along =
        List.of(Forecast.of(.2, .3, .5), Forecast.of(.4, .1, .5), Forecast.of(.05, .9, .05));
    double moved = 0;
    for (int step = 1; step < along.size(); step++) {
      moved += ForecastScores.excess(along.get(step), along.get(step - 1));
    }
    double reduced = squares(along.getLast()) - squares(along.getFirst());
    assertThat(ForecastScores.reversal(along)).isCloseTo((reduced - moved) / 2, within(1e-12));
  }

  private static double squares(Forecast forecast) {
    return forecast.probabilities().stream().mapToDouble(p -> p * p).sum();
  }

  private static Forecast certain(int option) {
    double[] masses = new double[3];
    masses[option] = 1;
    return Forecast.of(masses);
  }

  @Test
  void forecastsAreProbabilities() {
    assertThat(Forecast.of(1, 3).probabilities()).containsExactly(.25, .75);
    assertThat(Forecast.uniform(4).probabilities()).containsOnly(.25);
    assertThat(Forecast.naming(1, 3, .8).of(0)).isCloseTo(.1, within(1e-12));
    assertThat(Forecast.ofLogs(-1000, -1000 + Math.log(3)).of(1)).isCloseTo(.75, within(1e-9));
    assertThatIllegalArgumentException().isThrownBy(() -> new Forecast(List.of(.5, .4)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Forecast(List.of(1.5, -.5)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Forecast(List.of(1.0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AnswerCounts(List.of(1.0, Double.NaN)));
  }

  @Test
  void countsBecomeSharesWithOneMoreContinuation() {
    AnswerCounts counts = new AnswerCounts(List.of(3.0, 0.0));
    assertThat(counts.smoothed().probabilities()).containsExactly(3.5 / 4, .5 / 4);
    assertThat(counts.expected(Forecast.of(1, 3)).of()).containsExactly(.75, 2.25);
  }
}
