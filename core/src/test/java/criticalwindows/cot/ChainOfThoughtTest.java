package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.model.Completion;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChainOfThoughtTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final Progress QUIET = state -> {};

  private final ToyModel model = ToyModel.orderedDecisions();

  private static List<Problem> problems(int count) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      problems.add(Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"));
    }
    return problems;
  }

  private CotScripts scripts(String cuts, int samples) {
    CotSettings settings = new CotSettings(CutPlan.parse(cuts), samples, Sampling.PLAIN, 40, 11);
    return new CotScripts(model, PromptSet.standard(), settings);
  }

  @Test
  void everySampledCurveAgreesWithTheExactOne() throws InterruptedException {
    List<Problem> problems = problems(2);
    MemoryLedger ledger = new MemoryLedger(problems);
    int samples = 400;
    Runner.run(new FixedCuts(scripts("every:1", samples)), ledger, CLOCK, QUIET);
    for (Problem problem : problems) {
      CotFinding finding = finding(ledger, problem, "every:1");
      String text = finding.original().text();
      String answer = "$" + finding.outcome().show() + "$";
      assertThat(finding.levels()).hasSize(15);
      for (CotLevel level : finding.levels()) {
        double exact =
            model.answers(text.substring(0, level.cut().kept())).getOrDefault(answer, 0.0);
        double noise = Math.sqrt(exact * (1 - exact) / samples);
        assertThat(Math.abs(level.consistent().estimate() - exact))
            .as("%s kept %d", text, level.cut().kept())
            .isLessThanOrEqualTo(4 * noise + 1e-12);
      }
    }
  }

  @Test
  void stumpsAndDirectAnswersAreTheLikeliestOnesExactly() throws InterruptedException {
    Problem problem = problems(1).getFirst();
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    Runner.run(new FixedCuts(scripts("every:1", 1)), ledger, CLOCK, QUIET);
    CotFinding finding = finding(ledger, problem, "every:1");
    for (CotLevel level : finding.levels()) {
      String prefix = finding.original().text().substring(0, level.cut().kept());
      var exact = model.answers(prefix);
      double best = exact.values().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      assertThat(exact.get("$" + level.early().orElseThrow().show() + "$")).isEqualTo(best);
    }
    // The likeliest leaf of all is 1 1 1 . 1 with a fair fourth decision.
    assertThat(finding.direct().orElseThrow().show()).isIn("29", "31");
  }

  @Test
  void nothingIsKeptAfterAWaveThatCannotBe() throws InterruptedException {
    List<Problem> problems = problems(6);
    MemoryLedger kept = new MemoryLedger(problems);
    UserError full = new UserError("the disk is full", "free some disk space");
    AtomicInteger waves = new AtomicInteger();
    Ledger failing =
        (Ledger)
            Proxy.newProxyInstance(
                Ledger.class.getClassLoader(),
                new Class<?>[] {Ledger.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("append") && waves.incrementAndGet() == 2) {
                    throw full;
                  }
                  return method.invoke(kept, arguments);
                });
    CotScripts scripts = scripts(".1,.5,.9", 30);
    assertThatThrownBy(() -> Runner.run(new FixedCuts(scripts), failing, CLOCK, QUIET))
        .isSameAs(full);
    assertThat(waves).hasValue(2);
    assertThat(kept.lastWave()).isEqualTo(1);
    Runner.run(new FixedCuts(scripts), kept, CLOCK, QUIET);
    MemoryLedger undisturbed = new MemoryLedger(problems);
    Runner.run(new FixedCuts(scripts), undisturbed, CLOCK, QUIET);
    assertThat(undisturbed.lastWave()).isGreaterThan(2);
    assertThat(kept.keys()).isEqualTo(undisturbed.keys());
  }

  @Test
  void aRunHoldsOneRowForEachTurnOfEachScript() throws InterruptedException {
    List<Problem> problems = problems(3);
    MemoryLedger ledger = new MemoryLedger(problems);
    Runner.run(new FixedCuts(scripts(".05,.1,.3,.5,.7,.9", 2)), ledger, CLOCK, QUIET);
    for (Problem problem : problems) {
      // 15 characters: the cuts are 0, 1, 4, 7, 10 and 13.
      List<Sample> rows = ledger.samples(problem.id());
      assertThat(rows).hasSize(2 + 1 + 6 + 6 * 2 * 2);
      assertThat(rows.getFirst().ends()).hasSize(15).endsWith(15);
      assertThat(rows.stream().map(row -> row.key().kept()).distinct())
          .containsExactlyInAnyOrder(0, 1, 4, 7, 10, 13);
    }
  }

  @Test
  void equalCutsAreSampledOnceAndShownUnderEachFraction() throws InterruptedException {
    Problem problem = problems(1).getFirst();
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    Runner.run(new FixedCuts(scripts("0,.01,.02,.5", 3)), ledger, CLOCK, QUIET);
    CotFinding finding = finding(ledger, problem, "0,.01,.02,.5");
    assertThat(finding.levels()).hasSize(4);
    assertThat(finding.levels().get(2).resamples()).isEqualTo(finding.levels().get(0).resamples());
    assertThat(ledger.keys().stream().filter(key -> key.is(Arm.RESAMPLE))).hasSize(6);
    assertThat(finding.consistency().points()).hasSize(2);
  }

  @Test
  void aRunThatIsInterruptedAgainAndAgainEndsLikeOneThatIsNot() throws InterruptedException {
    List<Problem> problems = problems(5);
    MemoryLedger whole = new MemoryLedger(problems);
    Runner.run(new FixedCuts(scripts(".1,.5,.9", 4)), whole, CLOCK, QUIET);

    MemoryLedger pieces = new MemoryLedger(problems);
    int interruptions = 0;
    while (!pieces.keys().equals(whole.keys())) {
      long before = pieces.keys().size();
      try {
        Runner.run(
            new FixedCuts(scripts(".1,.5,.9", 4)),
            pieces,
            CLOCK,
            state -> {
              if (state.scriptsDone() >= before + 7) {
                Thread.currentThread().interrupt();
              }
            });
        Thread.interrupted();
      } catch (InterruptedException e) {
        interruptions++;
      }
      assertThat((long) pieces.keys().size()).isGreaterThan(before);
    }
    assertThat(interruptions).isGreaterThan(5);
    for (Problem problem : problems) {
      assertThat(texts(pieces, problem)).isEqualTo(texts(whole, problem));
    }
  }

  private static List<String> texts(Ledger ledger, Problem problem) {
    return ledger.samples(problem.id()).stream()
        .map(row -> row.key() + " " + row.turn() + " " + row.text())
        .toList();
  }

  /// A model with several workers reports in an order of its own each time. What it computes
  /// together has to be the same all the same, since the last bits depend on it.
  @Test
  void theOrderInWhichScriptsEndDecidesNothing() throws InterruptedException {
    List<List<Script>> forwards = waves(false);
    assertThat(forwards).hasSizeGreaterThan(2);
    assertThat(waves(true)).isEqualTo(forwards);
  }

  @SuppressWarnings("unchecked") // of a proxy's arguments nothing is known
  private List<List<Script>> waves(boolean backwards) throws InterruptedException {
    List<List<Script>> waves = new ArrayList<>();
    Model watched =
        (Model)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Model.class},
                (proxy, method, arguments) -> {
                  if (!method.getName().equals("run")) {
                    return method.invoke(model, arguments);
                  }
                  List<Script> wave = List.copyOf((List<Script>) arguments[0]);
                  waves.add(wave);
                  List<Completion> done = Models.run(model, wave);
                  for (int i = 0; i < wave.size(); i++) {
                    int index = backwards ? wave.size() - 1 - i : i;
                    ((Model.Sink) arguments[1]).finished(index, done.get(index));
                  }
                  return null;
                });
    CotSettings settings = new CotSettings(CutPlan.parse(".1,.5,.9"), 20, Sampling.PLAIN, 40, 11);
    CotScripts scripts = new CotScripts(watched, PromptSet.standard(), settings);
    Runner.run(new FixedCuts(scripts), new MemoryLedger(problems(30)), CLOCK, QUIET);
    return waves;
  }

  @Test
  void aLongWaveIsCommittedInParts() throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(problems(1));
    Instant[] now = {Instant.EPOCH};
    InstantSource slow = () -> now[0] = now[0].plusSeconds(2);
    Runner.run(new FixedCuts(scripts(".5", 9)), ledger, slow, QUIET);
    assertThat(ledger.lastWave()).isGreaterThan(3);
  }

  /// One continuation at each of six cuts: 14 scripts a problem, where a wave has 4 widths.
  @Test
  void wavesOfProblemsWithFewScriptsAreFilled() throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(problems(600));
    CotScripts scripts = scripts(".05,.1,.3,.5,.7,.9", 1);
    Runner.run(new FixedCuts(scripts), ledger, CLOCK, QUIET);
    int width = Runner.width(new FixedCuts(scripts), ledger.problems());
    int[] sizes = new int[ledger.lastWave() + 1];
    int[] open = new int[ledger.lastWave() + 1];
    ledger.forEach(
        (problem, rows) -> {
          int last = rows.stream().mapToInt(Sample::wave).max().orElseThrow();
          int first = rows.stream().mapToInt(Sample::wave).min().orElseThrow();
          rows.stream().map(Sample::key).distinct().forEach(key -> sizes[wave(rows, key)]++);
          for (int wave = first; wave <= last; wave++) {
            open[wave]++;
          }
        });
    // The first wave has originals alone; the last ones have what is left.
    int full = sizes.length - 3;
    assertThat(Arrays.stream(open)).allMatch(problems -> problems <= width / 2);
    assertThat(Arrays.stream(sizes, 2, full)).allMatch(size -> size > 2.5 * width);
    assertThat(Arrays.stream(sizes, 2, full).average().orElse(0)).isGreaterThan(3.25 * width);
  }

  private static int wave(List<Sample> rows, Key key) {
    return rows.stream().filter(row -> row.key().equals(key)).findFirst().orElseThrow().wave();
  }

  @Test
  void progressEndsWithEverythingDone() throws InterruptedException {
    List<Progress.State> states = new ArrayList<>();
    Runner.run(
        new FixedCuts(scripts(".1,.5", 3)), new MemoryLedger(problems(6)), CLOCK, states::add);
    Progress.State last = states.getLast();
    assertThat(last.problemsDone()).isEqualTo(6);
    assertThat(last.scriptsDone()).isEqualTo(last.scripts()).isEqualTo(6 * (2 + 2 * 4));
    assertThat(last.sampledTokens()).isGreaterThan(6 * 15);
  }

  @Test
  void seedsDifferByEveryPartOfTheKey() {
    Set<Long> seeds = new TreeSet<>();
    List<Key> keys = new ArrayList<>();
    for (String problem : List.of("a", "b", "ab")) {
      keys.add(Key.original(problem));
      keys.add(Key.direct(problem));
      for (int kept = 0; kept < 50; kept++) {
        keys.add(Key.early(problem, kept));
        for (int i = 0; i < 50; i++) {
          keys.add(Key.resample(problem, kept, i));
        }
      }
    }
    keys.forEach(key -> seeds.add(key.seed(1)));
    keys.forEach(key -> seeds.add(key.seed(2)));
    assertThat(seeds).hasSize(2 * keys.size());
  }

  @Test
  void aProblemLongerThanTheContextIsAUserErrorNamed() {
    Problem huge = Problem.of("toy", "logic", "x".repeat(5000), List.of(), "27");
    assertThatThrownBy(() -> CotScripts.responseTokens(model, PromptSet.standard(), List.of(huge)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(huge.id())
        .hasMessageContaining("the context of toy is 4096");
  }

  @Test
  void theDefaultLimitIsTheLesserOfTwoThousandAndWhatIsLeft() {
    assertThat(CotScripts.responseTokens(model, PromptSet.standard(), problems(1))).isEqualTo(2048);
    Problem large = Problem.of("toy", "logic", "x".repeat(3000), List.of(), "27");
    assertThat(CotScripts.responseTokens(model, PromptSet.standard(), List.of(large)))
        .isBetween(100, 900);
  }

  @Test
  void resamplesOfAnUnreadableOriginalAgreeWithNothing() throws InterruptedException {
    // A limit of 7 tokens cuts every response off.
    CotSettings settings = new CotSettings(CutPlan.parse(".5"), 5, Sampling.PLAIN, 7, 3);
    Problem problem = problems(1).getFirst();
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    Runner.run(
        new FixedCuts(new CotScripts(model, PromptSet.standard(), settings)), ledger, CLOCK, QUIET);
    CotFinding finding = finding(ledger, problem, ".5");
    assertThat(finding.outcome()).isEqualTo(new Answer.CutOff());
    assertThat(finding.levels().getFirst().consistent().successes()).isZero();
    CotSummary summary = CotSummary.of(List.of(finding));
    assertThat(summary.unread()).containsEntry("cut off", 6);
    assertThat(summary.levels().getFirst().consistent().counts().known()).isFalse();
    assertThat(summary.levels().getFirst().right().counts().trials()).isEqualTo(5);
  }

  @Test
  void summaryCountsTheSevenComparisons() throws InterruptedException {
    List<Problem> problems = problems(40);
    MemoryLedger ledger = new MemoryLedger(problems);
    Runner.run(new FixedCuts(scripts("0,.2,.5", 10)), ledger, CLOCK, QUIET);
    List<CotFinding> findings = new ArrayList<>();
    ledger.forEach(
        (problem, rows) ->
            CotFinding.of(problem, rows, CutPlan.parse("0,.2,.5"), Grader.STANDARD)
                .ifPresent(findings::add));
    CotSummary summary = CotSummary.of(findings);
    assertThat(summary.problems()).isEqualTo(40);
    assertThat(summary.answers()).isEqualTo(40 * (2 + 3 + 30));
    assertThat(summary.unread()).isEmpty();
    for (CotSummary.Level level : summary.levels()) {
      assertThat(level.consistent().counts().trials()).isEqualTo(400);
      assertThat(level.earlyRight().counts().trials()).isEqualTo(40);
      // Accuracy is flat: the gold leaf has .0672 whatever is kept.
      assertThat(level.right().interval().holds(.0672)).isTrue();
    }
    assertThat(summary.directRight().counts().successes()).isZero();
  }

  @Test
  void aScriptScoresLikeItsSample() throws InterruptedException {
    // The ledger's log-probabilities are the model's own, whatever the sampling.
    Problem problem = problems(1).getFirst();
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    CotSettings settings = new CotSettings(CutPlan.parse(".5"), 1, new Sampling(.5, .8), 40, 3);
    CotScripts scripts = new CotScripts(model, PromptSet.standard(), settings);
    Runner.run(new FixedCuts(scripts), ledger, CLOCK, QUIET);
    Sample original = ledger.samples(problem.id()).getFirst();
    Script script = scripts.original(problem).script();
    LogProbs scored = Models.score(model, script.start(), original.tokens());
    for (int i = 0; i < original.tokens().size(); i++) {
      assertThat(original.logProbs().at(i)).isEqualTo(scored.at(i));
    }
  }

  private static CotFinding finding(Ledger ledger, Problem problem, String cuts) {
    return CotFinding.of(
            problem, ledger.samples(problem.id()), CutPlan.parse(cuts), Grader.STANDARD)
        .orElseThrow();
  }
}
