package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.model.WatchedLogProbs;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Replies;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import criticalwindows.stats.SoftProportion;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceProbsStudyTest {
  private static final List<Choice> CHOICES =
      List.of(new Choice("A", "none"), new Choice("B", "one"), new Choice("C", "both"));
  private static final CutPlan PLAN = CutPlan.parse("every:1");

  private final ToyModel model = ToyModel.threeChoices();
  private final Problem problem = Problem.of("toy", "logic", "How many?", CHOICES, "B");

  private CotFinding finding(int samples) throws InterruptedException {
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    CotSettings settings = new CotSettings(PLAN, samples, Sampling.PLAIN, 40, 11);
    CotScripts scripts = new CotScripts(model, PromptSet.standard(), settings);
    Runner.run(new FixedCuts(scripts), ledger, InstantSource.fixed(Instant.EPOCH), state -> {});
    return CotFinding.of(problem, ledger.samples(problem.id()), PLAN, Grader.STANDARD)
        .orElseThrow();
  }

  @Test
  void theEarlyAnswersProbsAreTheExactValuesAtEveryCut() throws InterruptedException {
    CotFinding finding = finding(1);
    assertThat(finding.levels()).hasSize(6);
    for (CotLevel level : finding.levels()) {
      String kept = finding.original().text().substring(0, level.cut().kept());
      assertThat(level.earlyProbs().read()).isEqualTo(1);
      assertThat(level.earlyProbs().meanOutside()).isCloseTo(0, within(1e-6));
      for (int i = 0; i < 3; i++) {
        String answer = "(" + CHOICES.get(i).label() + ")";
        assertThat(level.earlyProbs().choices().get(i).estimate())
            .as("%s after %s", answer, kept)
            .isCloseTo(model.answers(kept).getOrDefault(answer, 0.0), within(1e-6));
      }
      String original = "(" + finding.outcome().show() + ")";
      assertThat(finding.probability(level, EarlyAnswerReading.OWN).estimate())
          .isCloseTo(model.answers(kept).get(original), within(1e-6));
    }
  }

  /// A finished response leaves nothing open here, so probabilities and counts are the same.
  @Test
  void whereEveryResponseSettlesItsAnswerProbsAddNothing() throws InterruptedException {
    CotFinding finding = finding(30);
    for (CotLevel level : finding.levels()) {
      assertThat(level.probs().read()).isEqualTo(30);
      assertThat(finding.probability(level).estimate())
          .isCloseTo(level.consistent().estimate(), within(1e-6));
    }
    ChoiceProbsStudy study = ChoiceProbsStudy.of(List.of(finding)).orElseThrow();
    assertThat(study.worth().estimate()).isCloseTo(1, within(1e-6));
    assertThat(study.shift().estimate()).isCloseTo(0, within(1e-6));
    assertThat(study.read()).isEqualTo(6 * 30);
  }

  /// Replies of which some name a choice with probabilities, one without, one another than was
  /// read, and one none at all.
  @Test
  void aReplyWithoutProbsCountsAsWhatItSays() {
    List<Sample> rows = new ArrayList<>();
    rows.addAll(rows(Key.original(problem.id()), "The answer is (A).", probs(1, 0, 0)));
    String[] said = {"(A)", "(A)", "(B)", "(A)", "nothing"};
    WatchedLogProbs[] probs = {
      probs(.5, .1, .2),
      probs(.6, .2, .2),
      WatchedLogProbs.NONE,
      probs(.2, .6, .2),
      WatchedLogProbs.NONE
    };
    for (int i = 0; i < said.length; i++) {
      rows.addAll(rows(Key.resample(problem.id(), 0, i), "The answer is " + said[i], probs[i]));
    }
    CutPlan plan = CutPlan.parse("0");
    CotFinding finding = CotFinding.of(problem, rows, plan, Grader.STANDARD).orElseThrow();
    SoftProportion same = finding.probability(finding.levels().getFirst());
    assertThat(same.estimate()).isCloseTo((.5 / .8 + .6 + 0 + 1 + 0) / 5, within(1e-6));
    assertThat(finding.levels().getFirst().probs().read()).isEqualTo(2);
    assertThat(finding.levels().getFirst().probs().meanOutside()).isCloseTo(.1, within(1e-6));
    assertThat(finding.levels().getFirst().consistent().successes()).isEqualTo(3);
    assertThat(finding.probability(finding.levels().getFirst(), EarlyAnswerReading.OWN).known())
        .isFalse();

    CotFinding counted =
        CotFinding.of(problem, Replies.of(rows), plan, Grader.STANDARD).orElseThrow();
    SoftProportion again = counted.probability(counted.levels().getFirst());
    assertThat(again.sum()).isCloseTo(same.sum(), within(1e-12));
    assertThat(again.squares()).isCloseTo(same.squares(), within(1e-12));
    assertThat(again.trials()).isEqualTo(5);
  }

  @Test
  void numbersHaveNoProbsOfChoices() {
    Problem number = Problem.of("toy", "math", "How many?", List.of(), "2");
    List<Sample> rows = new ArrayList<>();
    rows.addAll(rows(Key.original(number.id()), "The answer is $2$.", WatchedLogProbs.NONE));
    rows.addAll(rows(Key.resample(number.id(), 0, 0), "The answer is $2$.", WatchedLogProbs.NONE));
    CotFinding finding =
        CotFinding.of(number, rows, CutPlan.parse("0"), Grader.STANDARD).orElseThrow();
    assertThat(finding.outcome()).isInstanceOf(Answer.Value.class);
    assertThat(finding.probability(finding.levels().getFirst()).known()).isFalse();
    assertThat(ChoiceProbsStudy.of(List.of(finding))).isEmpty();
  }

  private static WatchedLogProbs probs(double... probs) {
    float[] logs = new float[probs.length];
    for (int i = 0; i < probs.length; i++) {
      logs[i] = (float) Math.log(probs[i]);
    }
    return new WatchedLogProbs(LogProbs.of(logs), LogProbs.NONE);
  }

  private static List<Sample> rows(Key key, String reply, WatchedLogProbs probs) {
    return List.of(
        row(key, Sample.Turn.RESPONSE, "thus", WatchedLogProbs.NONE),
        row(key, Sample.Turn.ANSWER, reply, probs));
  }

  private static Sample row(Key key, Sample.Turn turn, String text, WatchedLogProbs probs) {
    return new Sample(
        key,
        turn,
        Tokens.of(7),
        text,
        List.of(),
        FinishReason.STOP,
        LogProbs.of(-1, -1),
        probs,
        List.of(),
        1,
        "toy",
        1,
        Duration.ZERO);
  }

  @Test
  void whereAllIsDecidedThereIsNothingToCompare() {
    List<Sample> rows = new ArrayList<>();
    rows.addAll(rows(Key.original(problem.id()), "The answer is (A).", probs(1, 0, 0)));
    for (int i = 0; i < 4; i++) {
      WatchedLogProbs sure = probs(1 - 1e-5 * (i + 1), 1e-5, 1e-5 * i);
      rows.addAll(rows(Key.resample(problem.id(), 0, i), "The answer is (A).", sure));
    }
    CotFinding finding =
        CotFinding.of(problem, rows, CutPlan.parse("0"), Grader.STANDARD).orElseThrow();
    assertThat(finding.probability(finding.levels().getFirst()).known()).isTrue();
    assertThat(ChoiceProbsStudy.of(List.of(finding))).isEmpty();
  }

  /// Problems of three cuts, whose probabilities are each u² or 1 − u² with u uniform.
  @ParameterizedTest
  @ValueSource(ints = {6, 40})
  void itsIntervalHoldsTheTrueWorthAsOftenAsItSays(int clusters) {
    SplittableRandom random = new SplittableRandom(9);
    int replays = 1000;
    int held = 0;
    double sum = 0;
    double truth = truth();
    for (int replay = 0; replay < replays; replay++) {
      List<Ratio.Share> problems = new ArrayList<>();
      for (int i = 0; i < clusters; i++) {
        problems.add(ChoiceProbsStudy.worth(cuts(random)));
      }
      Ratio worth = Ratio.of(problems);
      sum += worth.estimate();
      held += worth.interval(.95, Interval.POSITIVE).holds(truth) ? 1 : 0;
    }
    assertThat(sum / replays).isCloseTo(truth, within(.03));
    assertThat((double) held / replays).isBetween(.92, .97);
  }

  static final double[] HIGH = {.2, .5, .9};

  private static List<SoftProportion> cuts(SplittableRandom random) {
    List<SoftProportion> cuts = new ArrayList<>();
    for (double high : HIGH) {
      double[] probabilities = new double[12];
      for (int i = 0; i < probabilities.length; i++) {
        double u = random.nextDouble();
        probabilities[i] = random.nextDouble() < high ? 1 - u * u : u * u;
      }
      cuts.add(SoftProportion.of(probabilities));
    }
    return cuts;
  }

  /// u² has mean 1/3 and mean square 1/5; 1 − u² has 2/3 and 8/15.
  static double truth() {
    double drawn = 0;
    double probs = 0;
    for (double high : HIGH) {
      double mean = (1 - high) / 3 + high * 2 / 3;
      drawn += mean * (1 - mean);
      probs += (1 - high) / 5 + high * 8 / 15 - mean * mean;
    }
    return drawn / probs;
  }
}
