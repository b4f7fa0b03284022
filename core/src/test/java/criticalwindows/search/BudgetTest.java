package criticalwindows.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Remaining;
import criticalwindows.rollout.Runner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  /// 4 problems of 2 + 3 cuts × (1 early answer + 5 continuations) rollouts.
  private static final int ALL = 4 * (2 + 3 * 6);

  private final ToyModel model = ToyModel.orderedDecisions();

  private CotScripts scripts() {
    CotSettings settings = new CotSettings(CutPlan.parse(".1,.5,.9"), 5, Sampling.PLAIN, 40, 11);
    return new CotScripts(model, PromptSet.standard(), settings);
  }

  private static MemoryLedger ledger() {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      problems.add(Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"));
    }
    return new MemoryLedger(problems);
  }

  private Optional<Remaining> run(Ledger ledger, Budget budget, InstantSource clock)
      throws InterruptedException {
    return Runner.run(new FixedCuts(scripts()), ledger, new Meter(budget, clock), state -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "2h, 2 h 0 min",
    "1h30m, 1 h 30 min",
    "1.5h, 1 h 30 min",
    "90m, 1 h 30 min",
    "45s, 45 s",
    "200s, 3 min 20 s",
    "'5M-tokens', '5,000,000 tokens'",
    "'1.5k-tokens', '1,500 tokens'",
    "'20k-rollouts', '20,000 rollouts'",
    "'20K-rollouts', '20,000 rollouts'",
    "7-rollouts, 7 rollouts",
  })
  void timesTokensAndRolloutsAreRead(String text, String shown) {
    assertThat(Budget.parse(text).show()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "2d",
        "h",
        "2 hours",
        "5m-tokens",
        "5M",
        "-3h",
        "0s",
        "0-rollouts",
        ".2k-tokens",
        "1e9-tokens",
        "30m2h",
        "0.5-rollouts",
        "9999999999999M-tokens"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Budget.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a budget is");
  }

  @Test
  void everyBudgetOfRolloutsIsSpentExactlyAndTheRestIsWhatIsNeeded() throws InterruptedException {
    for (int most = 1; most < ALL; most += 6) {
      MemoryLedger ledger = ledger();
      Remaining remaining = run(ledger, new Budget.Rollouts(most), CLOCK).orElseThrow();
      assertThat(ledger.keys()).hasSize(most);
      assertThat(remaining.spent().rollouts()).isEqualTo(most);
      // With two rollouts of a problem its original is there, and all problems are alike.
      long known = most < 2 ? 4 * (2 + 36 * 6) - most : ALL - most;
      assertThat(remaining.rollouts()).isIn(known, (long) ALL - most);
    }
  }

  @Test
  void aRunInPiecesOfABudgetEndsLikeOneThatIsWhole() throws InterruptedException {
    MemoryLedger whole = ledger();
    assertThat(run(whole, Budget.NONE, CLOCK)).isEmpty();
    MemoryLedger pieces = ledger();
    int sessions = 1;
    while (run(pieces, new Budget.Rollouts(17), CLOCK).isPresent()) {
      sessions++;
    }
    assertThat(sessions).isEqualTo(Math.ceilDiv(ALL, 17));
    for (Problem problem : whole.problems()) {
      assertThat(texts(pieces, problem)).isEqualTo(texts(whole, problem));
    }
  }

  private static List<String> texts(Ledger ledger, Problem problem) {
    return ledger.samples(problem.id()).stream()
        .map(row -> row.key() + " " + row.turn() + " " + row.text())
        .toList();
  }

  @Test
  void aBudgetThatIsEnoughLeavesNothingNeeded() throws InterruptedException {
    assertThat(run(ledger(), new Budget.Rollouts(ALL), CLOCK)).isEmpty();
    assertThat(run(ledger(), new Budget.Time(Duration.ofHours(1)), CLOCK)).isEmpty();
  }

  @Test
  void tokensStopWithTheRolloutThatReachesThem() throws InterruptedException {
    for (long most : new long[] {1, 100, 700, 2000}) {
      MemoryLedger ledger = ledger();
      Remaining remaining = run(ledger, new Budget.Tokens(most), CLOCK).orElseThrow();
      long tokens = remaining.spent().tokens();
      assertThat(tokens).isEqualTo(sampled(ledger));
      // A rollout is 15 tokens, a reply and two stops at the most.
      assertThat(tokens).isBetween(most, most + 15 + "The answer is $27$.".length() + 2);
      assertThat(remaining.atThisRate().orElseThrow().tokens())
          .isEqualTo(
              Math.round((double) tokens * remaining.rollouts() / remaining.spent().rollouts()));
    }
  }

  private static long sampled(Ledger ledger) {
    return ledger.problems().stream()
        .flatMap(problem -> ledger.samples(problem.id()).stream())
        .mapToLong(sample -> sample.logProbs().size())
        .sum();
  }

  @Test
  void timeStopsWithTheFirstRolloutThatEndsAfterIt() throws InterruptedException {
    // A minute passes in each rollout: the clock ticks when it has ended.
    MemoryLedger ledger = ledger();
    Instant[] now = {Instant.EPOCH};
    Meter meter = new Meter(new Budget.Time(Duration.ofMinutes(10)), () -> now[0]);
    Remaining remaining =
        Runner.run(
                new FixedCuts(scripts()),
                ledger,
                meter,
                state -> now[0] = Instant.EPOCH.plusSeconds(60 * state.scriptsDone()))
            .orElseThrow();
    assertThat(ledger.keys()).hasSize(10);
    assertThat(remaining.rollouts()).isEqualTo(ALL - 10);
    assertThat(remaining.atThisRate().orElseThrow().elapsed())
        .isEqualTo(Duration.ofMinutes(ALL - 10));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aClockThatGoesBackGivesNothingBack() {
    Instant[] now = {Instant.EPOCH};
    Meter meter = new Meter(new Budget.Time(Duration.ofSeconds(5)), () -> now[0]);
    now[0] = Instant.EPOCH.plusSeconds(5);
    assertThat(meter.spent()).isTrue();
    now[0] = Instant.EPOCH.minusSeconds(5);
    assertThat(meter.spent()).isTrue();
    assertThat(meter.mayBegin(9)).isZero();
    assertThat(meter.spending().elapsed()).isZero();
  }

  @Test
  void aRealInterruptIsStillOne() {
    Meter meter = new Meter(new Budget.Rollouts(50), CLOCK);
    assertThatThrownBy(
            () ->
                Runner.run(
                    new FixedCuts(scripts()),
                    ledger(),
                    meter,
                    state -> {
                      if (state.scriptsDone() == 5) {
                        Thread.currentThread().interrupt();
                      }
                    }))
        .isInstanceOf(InterruptedException.class);
  }
}
