package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.localise.WindowPosterior;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampling;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Replies;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Ratio;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// On a model whose probabilities are known exactly, replayed 2,000 times.
class ReuseTest {
  private static final ToyModel MODEL = ToyModel.orderedDecisions();
  private static final CutPlan CUTS = CutPlan.parse("every:3");
  private static final int LEVELS = 5;
  private static final int REPLAYS = 2000;
  private static final double LEVEL = .9;
  private static final List<CotFinding> FINDINGS = new ArrayList<>();
  private static final MemoryLedger LEDGER = new MemoryLedger(problems(REPLAYS));

  /// What a way of counting makes of one cut.
  private interface Count {
    Proportion of(CotFinding finding, int level);
  }

  /// Which samples of an earlier cut count at a later one.
  private interface Rule {
    /// @param reach tokens up to which original and sample are the same
    /// @param kept by the later cut
    /// @param next kept by the cut after that
    boolean counts(int reach, int kept, int next);
  }

  @BeforeAll
  static void replay() throws InterruptedException {
    CotSettings settings = new CotSettings(CUTS, 3, Sampling.PLAIN, 40, 7);
    Runner.run(
        new FixedCuts(new CotScripts(MODEL, PromptSet.standard(), settings)),
        LEDGER,
        InstantSource.fixed(Instant.EPOCH),
        state -> {});
    LEDGER.forEach(
        (problem, rows) ->
            CotFinding.of(problem, rows, CUTS, Grader.STANDARD).ifPresent(FINDINGS::add));
  }

  private static List<Problem> problems(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Problem.of("toy", "logic", "Which? (" + i + ")", List.of(), "27"))
        .toList();
  }

  @Test
  void pooledSharesAreUnbiasedAtEveryCutAndSharper() {
    List<Ratio> direct = errors(FINDINGS, (finding, at) -> finding.levels().get(at).consistent());
    List<Ratio> pooled = errors(FINDINGS, (finding, at) -> finding.levels().get(at).pooled());
    assertThat(direct).allMatch(error -> deviations(error) <= 4);
    assertThat(pooled).allMatch(error -> deviations(error) <= 4);
    for (int at = 1; at < LEVELS; at++) {
      assertThat(pooled.get(at).standardError()).isLessThan(.93 * direct.get(at).standardError());
    }
  }

  @Test
  void theRuleIsThatBothTextsAreTheSameUpToTheCut() {
    for (CotFinding finding : FINDINGS) {
      for (int at = 0; at < LEVELS; at++) {
        assertThat(finding.levels().get(at).pooled())
            .isEqualTo(by((reach, kept, next) -> reach >= kept).of(finding, at));
      }
    }
  }

  @Test
  void otherRulesAreBiased() {
    Rule everyOne = (reach, kept, next) -> true;
    Rule thatDisagree = (reach, kept, next) -> reach < kept;
    Rule atTheDeepestOnly = (reach, kept, next) -> reach >= kept && reach < next;
    for (Rule wrong : List.of(everyOne, thatDisagree, atTheDeepestOnly)) {
      assertThat(errors(FINDINGS, by(wrong))).anyMatch(error -> deviations(error) > 6);
    }
    Count withTheOriginal =
        (finding, at) -> finding.levels().get(at).pooled().plus(Proportion.Outcome.SUCCESS);
    assertThat(errors(FINDINGS, withTheOriginal)).anyMatch(error -> deviations(error) > 6);
  }

  /// As a search does: where it looks depends on what the first samples came to. What it draws
  /// there is as good as ever; what it knew before is not.
  @Test
  void whereOutcomesChoseTheCutsReuseIsBiased() {
    List<CotFinding> chosen =
        FINDINGS.stream()
            .filter(finding -> finding.levels().get(2).pooled().successes() == 0)
            .toList();
    assertThat(errors(chosen, (finding, at) -> finding.levels().get(at).consistent()).get(3))
        .matches(error -> deviations(error) <= 4);
    assertThat(errors(chosen, (finding, at) -> finding.levels().get(at).pooled()).get(3))
        .matches(error -> deviations(error) > 6);
  }

  /// Given how many there are, a pooled count is binomial: so Wilson's interval holds the truth as
  /// often as it does for that many trials and that probability.
  @Test
  void pooledIntervalsHoldTheTruthAsOftenAsBinomialOnesDo() {
    for (int at = 0; at < LEVELS; at++) {
      double excess = 0;
      double variance = 0;
      for (CotFinding finding : FINDINGS) {
        double exact = exact(finding, at);
        Proportion pooled = finding.levels().get(at).pooled();
        double expected = coverage(Math.toIntExact(pooled.trials()), exact);
        excess += (pooled.wilson(LEVEL).holds(exact) ? 1 : 0) - expected;
        variance += expected * (1 - expected);
      }
      assertThat(Math.abs(excess)).isLessThanOrEqualTo(4 * Math.sqrt(variance));
    }
  }

  private static double coverage(int trials, double p) {
    double coverage = 0;
    double chance = Math.pow(1 - p, trials);
    for (int k = 0; k <= trials; k++) {
      coverage += new Proportion(k, trials).wilson(LEVEL).holds(p) ? chance : 0;
      chance *= (trials - k) / (k + 1.0) * p / (1 - p);
    }
    return coverage;
  }

  /// 20 cuts of a flat curve at one half, 3 samples at each, of which every second goes on to agree
  /// with the original up to the next cut.
  @Test
  void theWindowModelWouldClaimTooMuchOfPooledCounts() {
    SplittableRandom random = new SplittableRandom(5);
    int direct = 0;
    int pooled = 0;
    for (int curve = 0; curve < 400; curve++) {
      List<Proportion> own = new ArrayList<>(Collections.nCopies(20, Proportion.NONE));
      List<Proportion> all = new ArrayList<>(own);
      for (int sample = 0; sample < 60; sample++) {
        int cut = sample / 3;
        Proportion.Outcome same = Proportion.Outcome.of(random.nextBoolean());
        own.set(cut, own.get(cut).plus(same));
        do {
          all.set(cut, all.get(cut).plus(same));
          cut++;
        } while (cut < 20 && random.nextBoolean());
      }
      direct += claimed(own) ? 1 : 0;
      pooled += claimed(all) ? 1 : 0;
    }
    assertThat(direct).isLessThanOrEqualTo(32);
    assertThat(pooled).isGreaterThan(2 * direct);
  }

  private static boolean claimed(List<Proportion> counts) {
    List<Curve.Point> points =
        IntStream.range(0, counts.size())
            .mapToObj(i -> new Curve.Point(6 * i, counts.get(i)))
            .toList();
    return WindowPosterior.of(new Curve(points), 6 * counts.size()).noWindow() <= .25;
  }

  @Test
  void aSearchAndRepliesReuseNothing() {
    Problem problem = FINDINGS.getFirst().problem();
    List<Sample> rows = LEDGER.samples(problem.id());
    CutPlan search = new CutPlan.Search(.1, .9, 90);
    assertThat(FINDINGS.getFirst().reused()).isPositive();
    assertThat(CotFinding.of(problem, rows, search, Grader.STANDARD).orElseThrow().reused())
        .isZero();
    assertThat(
            CotFinding.of(problem, Replies.of(rows), CUTS, Grader.STANDARD).orElseThrow().reused())
        .isZero();
  }

  @Test
  void equalCutsReuseTheSameSamplesAndCountOnce() {
    Problem problem = FINDINGS.getFirst().problem();
    List<Sample> rows = LEDGER.samples(problem.id());
    CotFinding finding =
        CotFinding.of(problem, rows, CutPlan.parse("0,.2,.21,.4,.6,.8"), Grader.STANDARD)
            .orElseThrow();
    assertThat(finding.levels().get(2).reused())
        .isEqualTo(finding.levels().get(1).reused())
        .isEqualTo(FINDINGS.getFirst().levels().get(1).reused());
    assertThat(finding.reused()).isEqualTo(FINDINGS.getFirst().reused());
  }

  /// A response that ends at a later cut drew its stop token there, as one from that cut may.
  @Test
  void aContinuationThatStopsAtACutServesThereAndNoFurther() {
    Problem problem = problems(1).getFirst();
    List<Sample> rows = new ArrayList<>();
    rows.addAll(script(Key.original(problem.id()), "abcdef"));
    rows.addAll(script(Key.resample(problem.id(), 0, 0), "abc"));
    rows.addAll(script(Key.resample(problem.id(), 0, 1), "abx"));
    rows.addAll(script(Key.resample(problem.id(), 3, 0), "def"));
    rows.addAll(script(Key.resample(problem.id(), 4, 0), "x"));
    CotFinding finding =
        CotFinding.of(problem, rows, CutPlan.parse("every:1"), Grader.STANDARD).orElseThrow();
    assertThat(finding.levels().stream().map(level -> level.reused().trials()))
        .containsExactly(0L, 0L, 0L, 1L, 1L, 0L);
    assertThat(finding.reused()).isEqualTo(2);
  }

  private static List<Sample> script(Key key, String response) {
    return List.of(
        sample(key, Sample.Turn.RESPONSE, response),
        sample(key, Sample.Turn.ANSWER, "The answer is $27$."));
  }

  private static Sample sample(Key key, Sample.Turn turn, String text) {
    return new Sample(
        key,
        turn,
        MODEL.vocabulary().encode(text),
        text,
        List.of(),
        FinishReason.STOP,
        LogProbs.of(new float[text.length() + 1]),
        0,
        "toy",
        1,
        Duration.ZERO);
  }

  /// How far the mean error is from zero, in standard errors.
  private static double deviations(Ratio error) {
    return Math.abs(error.estimate()) / error.standardError();
  }

  private static List<Ratio> errors(List<CotFinding> findings, Count count) {
    return IntStream.range(0, LEVELS)
        .mapToObj(
            at ->
                Ratio.mean(
                    findings.stream()
                        .map(finding -> count.of(finding, at).estimate() - exact(finding, at))
                        .toList()))
        .toList();
  }

  private static double exact(CotFinding finding, int at) {
    String prefix = finding.original().text().substring(0, 3 * at);
    return MODEL.answers(prefix).getOrDefault("$" + finding.outcome().show() + "$", 0.0);
  }

  private static Count by(Rule rule) {
    return (finding, at) -> {
      Proportion count = finding.levels().get(at).consistent();
      for (CotLevel earlier : finding.levels().subList(0, at)) {
        for (Resample resample : earlier.resamples()) {
          int kept = finding.levels().get(at).cut().kept();
          if (rule.counts(reach(finding, earlier, resample), kept, kept + 3)) {
            count = count.plus(Proportion.Outcome.of(resample.outcome().same(finding.outcome())));
          }
        }
      }
      return count;
    };
  }

  private static int reach(CotFinding finding, CotLevel from, Resample resample) {
    String original = finding.original().text();
    int kept = from.cut().kept();
    String text = original.substring(0, kept) + resample.response().text();
    int reach = kept;
    while (reach < original.length() && text.charAt(reach) == original.charAt(reach)) {
      reach++;
    }
    return reach;
  }
}
