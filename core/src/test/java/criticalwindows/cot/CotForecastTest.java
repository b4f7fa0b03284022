package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Spending;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CotForecastTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private static List<Problem> problems(int count) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      problems.add(Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"));
    }
    return problems;
  }

  private static CotScripts scripts(String cuts, int samples) {
    CotSettings settings = new CotSettings(CutPlan.parse(cuts), samples, Sampling.PLAIN, 40, 11);
    return new CotScripts(ToyModel.orderedDecisions(), PromptSet.standard(), settings);
  }

  @Test
  void rolloutsAreExactAndTokensNearWhatTheRunTakes() throws InterruptedException {
    for (String cuts : List.of("0,.2,.5,.8", "every:2", "sentences")) {
      CotScripts scripts = scripts(cuts, 6);
      List<Problem> problems = problems(12);
      CotForecast forecast = CotForecast.of(scripts, problems, CLOCK);
      Meter meter = Meter.unlimited(CLOCK);
      Runner.run(new FixedCuts(scripts), new MemoryLedger(problems), meter, state -> {});
      Spending taken = meter.spending();
      assertThat(forecast.rollouts().estimate() * 12).as(cuts).isEqualTo((double) taken.rollouts());
      assertThat(forecast.tokens().estimate() * 12)
          .as(cuts)
          .isCloseTo((double) taken.tokens(), within(.03 * taken.tokens()));
    }
  }

  @Test
  void aTrialIsAFewOfTheProblems() throws InterruptedException {
    CotForecast forecast = CotForecast.of(scripts("every:1", 50), problems(400), CLOCK);
    assertThat(forecast.problems()).isEqualTo(400);
    assertThat(forecast.tokens().clusters()).isEqualTo(4);
    assertThat(forecast.trial().rollouts()).isEqualTo(4 * (2 + 3 * 5));
    assertThat(forecast.cuts(scripts("every:1", 50))).isEqualTo(15);
  }

  @Test
  void aTrialThatTakesTooLongIsOneProblem() throws InterruptedException {
    Instant[] now = {Instant.EPOCH};
    InstantSource slow = () -> now[0] = now[0].plusSeconds(2);
    CotForecast forecast = CotForecast.of(scripts(".5", 3), problems(4), slow);
    assertThat(forecast.tokens().clusters()).isEqualTo(1);
    assertThat(forecast.rollouts().estimate()).isEqualTo(2 + 4);
    assertThat(forecast.trial().elapsed()).isPositive();
  }
}
