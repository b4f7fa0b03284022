package criticalwindows.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.localise.Episode;
import criticalwindows.localise.Move;
import criticalwindows.localise.Prior;
import criticalwindows.localise.Scatter;
import criticalwindows.localise.Verdict;
import criticalwindows.localise.WindowPosterior;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Protocol;
import criticalwindows.rollout.Remaining;
import criticalwindows.rollout.Runner;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import criticalwindows.window.WindowFinding;
import criticalwindows.window.WindowStudy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AdaptiveChainOfThoughtTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final CutPlan.Search PLAN = new CutPlan.Search(.1, .9, 90);

  private final List<Problem> problems = problems(6);

  private static List<Problem> problems(int count) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      problems.add(Problem.of("toy", "logic", "Which leaf? (" + i + ")", List.of(), "27"));
    }
    return problems;
  }

  private static CotScripts scripts(int maxTokens) {
    CotSettings settings = new CotSettings(PLAN, 1, Sampling.PLAIN, maxTokens, 11);
    return new CotScripts(ToyModel.orderedDecisions(), PromptSet.standard(), settings);
  }

  private Recorded fresh() {
    return new Recorded(new MemoryLedger(problems), Decisions.inMemory());
  }

  /// Where samples and decisions go.
  private record Recorded(Ledger ledger, Decisions decisions) {}

  private static Protocol searched(CotScripts scripts, Recorded to) {
    return new SearchedCuts(scripts, Grader.STANDARD, to.decisions());
  }

  private static Optional<Remaining> run(Recorded to, Budget budget) throws InterruptedException {
    return Runner.run(
        searched(scripts(40), to), to.ledger(), new Meter(budget, CLOCK), state -> {});
  }

  private Recorded whole() throws InterruptedException {
    Recorded whole = fresh();
    assertThat(run(whole, Budget.NONE)).isEmpty();
    return whole;
  }

  @Test
  void everySearchEndsWithinItsRollouts() throws InterruptedException {
    Recorded run = whole();
    Map<String, List<Decision>> decisions = run.decisions().byProblem();
    assertThat(decisions).hasSize(problems.size());
    int several = 0;
    for (Problem problem : problems) {
      List<Decision> made = decisions.getOrDefault(problem.id(), List.of());
      assertThat(made.getLast().last()).isTrue();
      assertThat(made.subList(0, made.size() - 1)).noneMatch(Decision::last);
      assertThat(made).extracting(Decision::round).isSorted().doesNotHaveDuplicates();
      CotFinding finding = finding(run, problem);
      assertThat(finding.rollouts()).isEqualTo(made.getLast().spent()).isLessThanOrEqualTo(90);
      assertThat(finding.levels()).allMatch(level -> level.early().isPresent());
      several += made.size() > 2 ? 1 : 0;
    }
    assertThat(several).as("searches of more than an opening").isPositive();
  }

  @Test
  void everyDecisionFollowsFromTheRoundsBeforeIt() throws InterruptedException {
    Recorded run = whole();
    AdaptiveSearch search = AdaptiveSearch.of(.1, .9, 90);
    for (Problem problem : problems) {
      CotFinding finding = finding(run, problem);
      Map<Integer, Integer> asked = new TreeMap<>();
      for (Decision decision : run.decisions().byProblem().getOrDefault(problem.id(), List.of())) {
        AdaptiveSearch.Choice choice = search.choose(first(finding, asked), finding.length() + 1);
        assertThat(decision.move()).isEqualTo(choice.move());
        assertThat(decision.belief()).isEqualTo(choice.belief());
        if (decision.move() instanceof Move.Sample sample) {
          sample.draws().forEach(d -> asked.merge(d.position(), d.count(), Integer::sum));
        }
      }
    }
  }

  /// The counts of the first so many continuations of each cut.
  private static Curve first(CotFinding finding, Map<Integer, Integer> asked) {
    List<Curve.Point> points = new ArrayList<>();
    for (CotLevel level : finding.levels()) {
      int count = asked.getOrDefault(level.cut().kept(), 0);
      long same =
          level.resamples().stream()
              .limit(count)
              .filter(resample -> resample.outcome().same(finding.outcome()))
              .count();
      if (count > 0) {
        points.add(new Curve.Point(level.cut().kept(), new Proportion(same, count)));
      }
    }
    return new Curve(points).endingAt(new Curve.End(finding.length() + 1, true));
  }

  @Test
  void aRunInPiecesDecidesAsOneThatIsWhole() throws InterruptedException {
    Recorded whole = whole();
    Recorded pieces = fresh();
    int sessions = 1;
    while (run(pieces, new Budget.Rollouts(37)).isPresent()) {
      sessions++;
    }
    assertThat(sessions).isGreaterThan(5);
    assertThat(pieces.decisions().byProblem()).isEqualTo(whole.decisions().byProblem());
    assertThat(pieces.ledger().keys()).isEqualTo(whole.ledger().keys());
  }

  @Test
  void decisionsThatAreLostAreMadeAgain() throws InterruptedException {
    Recorded whole = whole();
    Recorded lost = new Recorded(whole.ledger(), Decisions.inMemory());
    int before = whole.ledger().keys().size();
    assertThat(run(lost, Budget.NONE)).isEmpty();
    assertThat(lost.decisions().byProblem()).isEqualTo(whole.decisions().byProblem());
    assertThat(whole.ledger().keys()).hasSize(before);
  }

  @Test
  void aBudgetOpensEveryProblemBeforeItGoesOnWithAny() throws InterruptedException {
    Recorded run = fresh();
    // An opening is 24 places, a continuation and an early answer each, an original and a direct
    // answer; a
    // shorter response has fewer places.
    Optional<Remaining> remaining = run(run, new Budget.Rollouts(6 * 50 + 15));
    assertThat(remaining).isPresent();
    for (Problem problem : problems) {
      CotFinding finding = finding(run, problem);
      assertThat(finding.rollouts()).isGreaterThanOrEqualTo(Math.min(24, finding.length() + 1));
    }
  }

  @Test
  void aResponseThatWasCutOffIsNotSearched() throws InterruptedException {
    Recorded run = fresh();
    Runner.run(searched(scripts(5), run), run.ledger(), Meter.unlimited(CLOCK), state -> {});
    assertThat(run.decisions().byProblem().values())
        .allSatisfy(
            made ->
                assertThat(made)
                    .extracting(Decision::move)
                    .containsExactly(new Move.Stop("the response has no readable answer")));
    assertThat(run.ledger().keys()).hasSize(2 * problems.size());
  }

  @Test
  void aPlanOfCutsLeavesNothingToSearch() {
    CotSettings settings = new CotSettings(CutPlan.parse(".5"), 1, Sampling.PLAIN, 40, 11);
    CotScripts scripts =
        new CotScripts(ToyModel.orderedDecisions(), PromptSet.standard(), settings);
    assertThatThrownBy(
            () ->
                Runner.run(
                    searched(scripts, fresh()),
                    fresh().ledger(),
                    Meter.unlimited(CLOCK),
                    state -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(".5");
  }

  @Test
  void theStudyCountsWindowsAtAFalseDiscoveryRate() throws InterruptedException {
    Recorded run = whole();
    List<CotFinding> findings = problems.stream().map(problem -> finding(run, problem)).toList();
    WindowStudy study = WindowStudy.of(findings);
    assertThat(study.byProblem()).hasSize(problems.size());
    assertThat(study.rollouts()).isEqualTo(findings.stream().mapToLong(CotFinding::rollouts).sum());
    double surest = 1;
    for (WindowFinding finding : study.byProblem().values()) {
      surest = Math.min(surest, finding.noWindow());
      assertThat(study.q().getOrDefault(finding.problem(), -1.0))
          .isLessThanOrEqualTo(finding.noWindow() + 1e-12);
    }
    assertThat(study.q().values()).contains(surest);
    long sure = study.q().values().stream().filter(q -> q <= .05).count();
    assertThat(study.count(Verdict.CLAIMED)).isEqualTo((int) sure).isPositive();
    for (CotFinding finding : findings) {
      double none = study.of(finding).orElseThrow().noWindow();
      double q = study.q(finding).orElseThrow();
      assertThat(study.averaged(finding)).isEqualTo(q <= .05 && none > .05);
      assertThat(study.verdict(finding).orElseThrow() == Verdict.UNSURE)
          .isEqualTo(q > .05 && none <= .5);
    }
  }

  @Test
  void theOtherWindowsAreAllButTheOneThatRisesMost() throws InterruptedException {
    Recorded run = whole();
    int several = 0;
    for (Problem problem : problems) {
      CotFinding finding = finding(run, problem);
      WindowFinding found = WindowFinding.of(finding).orElseThrow();
      Scatter.Seen seen = new Scatter.Seen(finding.consistency(), finding.length() + 1);
      Prior prior = Scatter.of(List.of(seen), Prior.STANDARD).of(Prior.STANDARD);
      WindowPosterior posterior = WindowPosterior.of(seen.curve(), seen.length(), prior);
      List<Episode> all = posterior.windows(posterior.likeliest(), WindowFinding.LEVEL);
      double most = all.stream().mapToDouble(window -> window.rise().mean()).max().orElseThrow();
      assertThat(found.others())
          .hasSize(all.size() - 1)
          .isSubsetOf(all)
          .noneMatch(window -> window.rise().mean() == most);
      several += found.others().isEmpty() ? 0 : 1;
    }
    assertThat(several).isPositive();
  }

  @Test
  void theAnswerThatIsDecidedGainsAndTheOthersLose() throws InterruptedException {
    Recorded run = whole();
    int told = 0;
    for (Problem problem : problems) {
      CotFinding finding = finding(run, problem);
      WindowFinding found = WindowFinding.of(finding).orElseThrow();
      if (found.noWindow() < .05 && found.window().rise().mean() > .3) {
        assertThat(found.classes())
            .filteredOn(change -> change.name().equals(finding.outcome().show()))
            .singleElement()
            .satisfies(change -> assertThat(change.gain().mean()).isGreaterThan(.1));
        assertThat(found.classes().getLast().gain().mean()).isNegative();
        double all = found.classes().stream().mapToDouble(change -> change.gain().mean()).sum();
        assertThat(all).isBetween(-1e-6, 1e-6);
        told++;
      }
    }
    assertThat(told).isPositive();
  }

  private static CotFinding finding(Recorded run, Problem problem) {
    return CotFinding.of(problem, run.ledger().samples(problem.id()), PLAN, Grader.STANDARD)
        .orElseThrow();
  }
}
