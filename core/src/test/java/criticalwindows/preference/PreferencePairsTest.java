package criticalwindows.preference;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Pairs of texts with one decision, behind 6 characters: a 1 comes to $1$, a 0 to $0$.
class PreferencePairsTest {
  private static final CutPlan CUTS = CutPlan.parse("every:1");
  private static final int SAMPLES = 12;
  private static final ToyModel MODEL = new ToyModel(new ToyModel.OneDecision(12, 6, .5));

  private final Problem problem = Problem.of("toy", "math", "0 or 1?", List.of(), "1");
  private final List<Sample> rows;
  private final CotFinding finding;

  PreferencePairsTest() throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    CotSettings settings = new CotSettings(CUTS, SAMPLES, Sampling.PLAIN, 40, 5);
    CotScripts scripts = new CotScripts(MODEL, PromptSet.standard(), settings);
    Runner.run(new FixedCuts(scripts), ledger, InstantSource.fixed(Instant.EPOCH), state -> {});
    rows = ledger.samples(problem.id());
    finding = CotFinding.of(problem, rows, CUTS, Grader.STANDARD).orElseThrow();
  }

  private List<Pair> pairs(Level level, int from, int to, int most) {
    Outcome one = finding.gold().orElseThrow();
    return Pairs.of(finding, one, new Pairs.Asked(level, new Interval(from, to), most));
  }

  /// The continuations of a cut, with whether each came to a 1.
  private Map<Sample, Boolean> sampled(int kept) {
    Map<Integer, List<Sample>> scripts = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.key().is(Arm.RESAMPLE) && row.key().kept() == kept)
        .forEach(
            row -> scripts.computeIfAbsent(row.key().index(), i -> new ArrayList<>()).add(row));
    Map<Sample, Boolean> came = new LinkedHashMap<>();
    Sample original = finding.original();
    scripts.forEach(
        (index, turns) ->
            came.put(
                turns.getFirst(),
                Grader.STANDARD
                    .of(problem, Said.of(turns, original))
                    .same(finding.gold().orElseThrow())));
    return came;
  }

  /// The continuations that passed through a prefix and went on with a token, as a count of its
  /// own: by the whole text that each of them makes.
  private List<Boolean> through(int kept, Tokens token) {
    Tokens original = finding.original().tokens();
    Tokens wanted = original.prefix(kept).plus(token);
    List<Boolean> came = new ArrayList<>();
    for (int cut = 0; cut <= kept + 1; cut++) {
      Tokens before = original.prefix(Math.min(cut, original.size()));
      sampled(cut)
          .forEach(
              (row, one) -> {
                if (before.plus(row.tokens()).startsWith(wanted)) {
                  came.add(one);
                }
              });
    }
    return came;
  }

  @Test
  void theTokensThatDecideAreThePair() {
    Pair pair = pairs(Level.TOKEN, 6, 7, 1).getFirst();
    assertThat(pair.kept()).isEqualTo(6);
    assertThat(MODEL.vocabulary().decode(pair.chosen().tokens())).isEqualTo("1");
    assertThat(MODEL.vocabulary().decode(pair.rejected().tokens())).isEqualTo("0");
    Pair.Side one = pair.chosen();
    Pair.Side zero = pair.rejected();
    assertThat(one.counts().successes()).isEqualTo(one.counts().trials());
    assertThat(zero.counts().successes()).isZero();
    List<Boolean> passed = through(6, Tokens.none());
    assertThat(pair.cut().trials()).isGreaterThan(SAMPLES).isLessThanOrEqualTo(passed.size());
    assertThat(one.outcome()).isEqualTo(Optional.empty());
  }

  /// Apart from the decision the next token says nothing, but for chance: at one of twenty places.
  @Test
  void countsOfTokensAreThoseOfTheLedger() {
    List<Pair> pairs = pairs(Level.TOKEN, 0, 12, 100);
    assertThat(pairs.getFirst().kept()).isEqualTo(6);
    assertThat(pairs).hasSizeLessThan(3);
    for (Pair pair : pairs) {
      for (Pair.Side side : List.of(pair.chosen(), pair.rejected())) {
        List<Boolean> came = through(pair.kept(), side.tokens());
        assertThat(side.counts().trials()).isEqualTo(came.size()).isGreaterThanOrEqualTo(2);
        assertThat(side.counts().successes()).isEqualTo(came.stream().filter(one -> one).count());
      }
      assertThat(pair.chosen().tokens()).isNotEqualTo(pair.rejected().tokens());
    }
  }

  @Test
  void continuationsCameToWhatTheyAreCalled() {
    List<Pair> pairs = pairs(Level.CONTINUATION, 4, 7, 100);
    assertThat(pairs).hasSizeGreaterThan(5);
    for (Pair pair : pairs) {
      Map<Sample, Boolean> sampled = sampled(pair.kept());
      long ones = sampled.values().stream().filter(came -> came).count();
      assertThat(pair.chosen().counts().successes()).isEqualTo(ones);
      assertThat(pair.rejected().counts().successes()).isEqualTo(SAMPLES - ones);
      assertThat(pair.chosen().counts().trials()).isEqualTo(SAMPLES);
      assertThat(pair.chosen().outcome().orElseThrow().show()).contains("1");
      assertThat(pair.rejected().outcome().orElseThrow().show()).contains("0");
      sampled.forEach(
          (row, came) -> {
            if (row.tokens().equals(pair.chosen().tokens())) {
              assertThat(came).isTrue();
            }
            if (row.tokens().equals(pair.rejected().tokens())) {
              assertThat(came).isFalse();
            }
          });
    }
    // From the cuts at the window alone, the most open one first.
    assertThat(pairs).allMatch(pair -> pair.kept() >= 4 && pair.kept() <= 7);
    double first = Math.abs(.5 - pairs.getFirst().cut().estimate());
    assertThat(pairs).allMatch(pair -> Math.abs(.5 - pair.cut().estimate()) >= first);
  }

  @Test
  void onceItIsDecidedThereIsNoPair() {
    assertThat(pairs(Level.CONTINUATION, 8, 11, 5)).isEmpty();
    assertThat(pairs(Level.TOKEN, 8, 11, 5)).isEmpty();
  }

  @Test
  void thereAreNoMoreThanWereAskedFor() {
    assertThat(pairs(Level.CONTINUATION, 4, 7, 2)).hasSize(2);
    assertThat(pairs(Level.TOKEN, 0, 12, 1)).hasSize(1);
  }
}
