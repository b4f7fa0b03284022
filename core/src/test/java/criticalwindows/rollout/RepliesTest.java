package criticalwindows.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.CotSummary;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepliesTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  /// Twelve tokens cut some responses off, which then have no answer.
  @ParameterizedTest
  @ValueSource(ints = {12, 40})
  void whatIsCountedFromRepliesIsWhatAllSamplesSay(int maxTokens) throws InterruptedException {
    CutPlan plan = CutPlan.parse(".1,.5,.9");
    CotSettings settings = new CotSettings(plan, 9, Sampling.PLAIN, maxTokens, 4);
    MemoryLedger ledger = new MemoryLedger(problems(6));
    Runner.run(
        new FixedCuts(new CotScripts(ToyModel.orderedDecisions(), PromptSet.standard(), settings)),
        ledger,
        CLOCK,
        state -> {});
    List<CotFinding> all = new ArrayList<>();
    ledger.forEach(
        (problem, rows) -> CotFinding.of(problem, rows, plan, Grader.STANDARD).ifPresent(all::add));
    List<CotFinding> counted = new ArrayList<>();
    ledger.forEachReplies(
        (problem, replies) ->
            CotFinding.of(problem, replies, plan, Grader.STANDARD).ifPresent(counted::add));
    assertThat(CotSummary.of(counted)).isEqualTo(CotSummary.of(all));
    for (int i = 0; i < all.size(); i++) {
      assertSame(counted.get(i), all.get(i));
    }
  }

  private static void assertSame(CotFinding counted, CotFinding all) {
    assertThat(counted.consistency()).isEqualTo(all.consistency());
    assertThat(counted.window()).isEqualTo(all.window());
    assertThat(counted.outcome()).isEqualTo(all.outcome());
    assertThat(counted.direct()).isEqualTo(all.direct());
    assertThat(counted.original().tokens().size()).isEqualTo(all.original().tokens().size());
    assertThat(counted.with(all.original()).original()).isEqualTo(all.original());
    for (int i = 0; i < all.levels().size(); i++) {
      assertThat(answers(counted.levels().get(i)))
          .containsExactlyInAnyOrderElementsOf(answers(all.levels().get(i)));
    }
  }

  private static List<String> answers(CotLevel level) {
    return level.resamples().stream().map(resample -> resample.outcome().show()).toList();
  }

  @Test
  void aProblemThatIsCompleteIsNotReadAgain() throws InterruptedException {
    CotSettings settings = new CotSettings(CutPlan.parse(".5"), 3, Sampling.PLAIN, 40, 4);
    CotScripts scripts =
        new CotScripts(ToyModel.orderedDecisions(), PromptSet.standard(), settings);
    MemoryLedger ledger = new MemoryLedger(problems(4));
    Runner.run(new FixedCuts(scripts), ledger, CLOCK, state -> {});
    KeySet done = new KeySet(ledger.keys());
    assertThat(new Unfinished(ledger, done, new FixedCuts(scripts)).items()).isEmpty();

    List<Problem> more = problems(5);
    MemoryLedger longer = new MemoryLedger(more);
    ledger.forEach((problem, rows) -> longer.append(rows));
    List<Progress.State> states = new ArrayList<>();
    Runner.run(new FixedCuts(scripts), longer, CLOCK, states::add);
    assertThat(states.getFirst().problemsDone()).isEqualTo(4);
    assertThat(states.getFirst().scriptsDone()).isEqualTo(24);
    assertThat(states.getLast().problemsDone()).isEqualTo(5);
    assertThat(longer.keys()).hasSize(30);
  }

  private static List<Problem> problems(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"))
        .toList();
  }
}
