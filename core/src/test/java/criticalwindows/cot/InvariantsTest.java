package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.cot.Invariants.Row;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.stats.Proportion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InvariantsTest {
  private static final CutPlan CUTS = CutPlan.parse(".1,.4,.7,.9");

  /// A problem whose response is a chain of decisions of the toy world's kind: at each of four cuts
  /// one more is known, with these probabilities, and the answer is all of them.
  private static Row row(SplittableRandom random, int samples, double[] probs) {
    int[] written = new int[probs.length];
    for (int i = 0; i < probs.length; i++) {
      written[i] = random.nextDouble() < probs[i] ? 1 : 0;
    }
    List<Row.Level> levels = new ArrayList<>();
    for (int known = 0; known < probs.length; known++) {
      int same = 0;
      int right = 0;
      for (int i = 0; i < samples; i++) {
        boolean agrees = true;
        boolean ones = true;
        for (int j = 0; j < probs.length; j++) {
          int drawn = j < known ? written[j] : random.nextDouble() < probs[j] ? 1 : 0;
          agrees &= drawn == written[j];
          ones &= drawn == 1;
        }
        same += agrees ? 1 : 0;
        right += ones ? 1 : 0;
      }
      levels.add(new Row.Level(new Proportion(same, samples), new Proportion(right, samples)));
    }
    boolean right = java.util.Arrays.stream(written).allMatch(decision -> decision == 1);
    return new Row(levels, Proportion.Outcome.of(right), Proportion.Outcome.SUCCESS);
  }

  @Test
  void aRunWhereAllIsWellIsWarnedOfAtMostAsOftenAsStated() {
    SplittableRandom random = new SplittableRandom(2);
    double[][] worlds = {
      {.7, .6, .6, .5}, {.98, .99, .97, .99}, {.5, 1, 1, 1}, {1, 1, 1, 1}, {.3, .2, .9, .4}
    };
    for (double[] probs : worlds) {
      for (int problems : new int[] {8, 30, 200}) {
        int rounds = 200;
        int flat = 0;
        int rising = 0;
        for (int round = 0; round < rounds; round++) {
          List<Row> rows = new ArrayList<>();
          for (int i = 0; i < problems; i++) {
            rows.add(row(random, 4, probs));
          }
          flat += Invariants.flat(rows).isPresent() ? 1 : 0;
          rising += Invariants.rising(rows).isPresent() ? 1 : 0;
        }
        // 200 rounds at 1 %: more than 7 have probabilities of .001.
        assertThat(flat).as("flat, %d problems", problems).isLessThanOrEqualTo(7);
        assertThat(rising).as("rising, %d problems", problems).isLessThanOrEqualTo(7);
      }
    }
  }

  @Test
  void aModelThatForgetsWhatItWroteIsFound() {
    // From the third cut on every continuation begins afresh.
    SplittableRandom random = new SplittableRandom(4);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Row row = row(random, 10, new double[] {.6, .6, .6, .9});
      List<Row.Level> levels = new ArrayList<>(row.levels());
      levels.set(2, levels.getFirst());
      levels.set(3, levels.getFirst());
      rows.add(new Row(levels, row.right(), row.readable()));
    }
    assertThat(Invariants.rising(rows))
        .hasValueSatisfying(
            warning ->
                assertThat(warning)
                    .contains("mean consistency should not fall", "at cut 3", "chat template"));
    assertThat(Invariants.flat(rows)).isEmpty();
  }

  @Test
  void aFallThatIsTheSameInEveryProblemIsFound() {
    Proportion right = new Proportion(10, 20);
    Row same =
        new Row(
            List.of(
                new Row.Level(new Proportion(20, 20), right),
                new Row.Level(new Proportion(18, 20), right)),
            Proportion.Outcome.SUCCESS,
            Proportion.Outcome.SUCCESS);
    List<Row> rows = java.util.Collections.nCopies(8, same);
    assertThat(Invariants.rising(rows))
        .hasValueSatisfying(text -> assertThat(text).contains("from 1.000 to 0.900"));
    assertThat(Invariants.rising(rows.subList(0, 7))).isEmpty();
  }

  @Test
  void continuationsOfAnotherModelAreFoundEndToEnd() throws InterruptedException {
    // The decisions of the second model go the other way: the right leaf is as good as never met.
    List<String> same = violations(List.of(.9, .9, .9, .9, .9), CUTS);
    assertThat(same).isEmpty();
    List<String> other = violations(List.of(.3, .3, .3, .3, .3), CUTS);
    // Where a search chose the cuts, theory promises no flat means.
    CutPlan search = new CutPlan.Search(.05, .9, 100);
    List<String> searched = violations(List.of(.3, .3, .3, .3, .3), search);
    assertThat(other).isNotEmpty();
    assertThat(searched).isEmpty();
    assertThat(other.getFirst())
        .contains("mean accuracy should be flat", "in the originals", "another prompt");
  }

  private static List<String> violations(List<Double> probs, CutPlan plan)
      throws InterruptedException {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      problems.add(Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "31"));
    }
    CotSettings settings = new CotSettings(CUTS, 5, Sampling.PLAIN, 40, 5);
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    MemoryLedger ledger = new MemoryLedger(problems);
    CotScripts first = scripts(List.of(.9, .9, .9, .9, .9), settings);
    MemoryLedger written = new MemoryLedger(problems);
    Runner.run(new FixedCuts(first), written, clock, state -> {});
    written.forEach(
        (problem, rows) ->
            ledger.append(rows.stream().filter(row -> row.key().is(Arm.ORIGINAL)).toList()));
    Runner.run(new FixedCuts(scripts(probs, settings)), ledger, clock, state -> {});
    List<CotFinding> findings = new ArrayList<>();
    ledger.forEach(
        (problem, rows) ->
            CotFinding.of(problem, rows, CUTS, Grader.STANDARD).ifPresent(findings::add));
    return Invariants.violations(findings, plan);
  }

  private static CotScripts scripts(List<Double> probs, CotSettings settings) {
    ToyModel model = new ToyModel(new ToyModel.OrderedDecisions(probs));
    return new CotScripts(model, PromptSet.standard(), settings);
  }

  @Test
  void theCovarianceIdentityHoldsOfEveryTable() {
    for (int a = 0; a < 7; a++) {
      for (int b = 0; b < 7; b++) {
        WindowTable table = new WindowTable(new Proportion(a, 6), new Proportion(b, 9));
        assertThat(Invariants.identity(table, table.windows())).isEmpty();
      }
    }
    WindowTable table = new WindowTable(new Proportion(2, 8), new Proportion(9, 12));
    // By hand: accuracies .25 and .75; windows among 9 wrong 6, among 11 right 2.
    assertThat(table.accuracyDifference()).isCloseTo(.5, within(1e-12));
    assertThat(table.windowDifference()).isCloseTo(6 / 9.0 - 2 / 11.0, within(1e-12));
    assertThat(Invariants.identity(table, new Proportion(9, 20)))
        .hasValueSatisfying(warning -> assertThat(warning).contains("miscounted"));
    assertThat(new WindowTable(Proportion.NONE, new Proportion(1, 2)).known()).isFalse();
  }
}
