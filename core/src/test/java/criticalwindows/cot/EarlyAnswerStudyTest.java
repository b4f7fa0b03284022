package criticalwindows.cot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.model.WatchedLogProbs;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.ChoiceProbs;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Predicted;
import criticalwindows.rollout.Replies;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyAnswerStudyTest {
  private static final List<Choice> CHOICES =
      List.of(new Choice("A", "none"), new Choice("B", "one"), new Choice("C", "both"));
  private static final CutPlan PLAN = CutPlan.parse("every:1");
  private static final InstantSource STILL = InstantSource.fixed(Instant.EPOCH);

  private final ToyModel model = ToyModel.guessedChoices();
  private final Problem problem = Problem.of("toy", "logic", "How many?", CHOICES, "B");
  private final CotScripts scripts =
      new CotScripts(model, PromptSet.standard(), new CotSettings(PLAN, 2, Sampling.PLAIN, 40, 11));

  private MemoryLedger run(MemoryLedger ledger) throws InterruptedException {
    Runner.run(new FixedCuts(scripts), ledger, STILL, state -> {});
    return ledger;
  }

  private CotFinding finding() throws InterruptedException {
    MemoryLedger ledger = run(new MemoryLedger(List.of(problem)));
    return CotFinding.of(problem, ledger.samples(problem.id()), PLAN, Grader.STANDARD)
        .orElseThrow();
  }

  /// What a reply says of the choices, given that it begins in one way or the other.
  private Map<String, Double> given(String kept, String beginning) {
    ToyModel.Guessed guessed =
        new ToyModel.Guessed(
            new ToyModel.CountedOnes(new ToyModel.OrderedDecisions(List.of(.7, .4))));
    Map<String, Double> joint = new TreeMap<>();
    model
        .answers(kept)
        .forEach(
            (answer, p) ->
                guessed
                    .replies(answer)
                    .forEach(
                        (reply, share) -> {
                          if (reply.startsWith(beginning)) {
                            joint.merge(answer, p * share, Double::sum);
                          }
                        }));
    double all = joint.values().stream().mapToDouble(p -> p).sum();
    joint.replaceAll((answer, p) -> p / all);
    return joint;
  }

  private static void assertProbs(ChoiceProbs probs, Map<String, Double> exact) {
    assertThat(probs.read()).isEqualTo(1);
    assertThat(probs.meanOutside()).isCloseTo(0, within(1e-6));
    for (int i = 0; i < CHOICES.size(); i++) {
      double expected = exact.getOrDefault("(" + CHOICES.get(i).label() + ")", 0.0);
      assertThat(probs.choices().get(i).estimate()).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void bothReadingsAreExactAtEveryCutAndDiffer() throws InterruptedException {
    CotFinding finding = finding();
    int differ = 0;
    for (CotLevel level : finding.levels()) {
      String kept = finding.original().text().substring(0, level.cut().kept());
      Map<String, Double> own = given(kept, "I say ");
      Map<String, Double> forced = given(kept, "The answer is ");
      assertProbs(level.earlyProbs(), own);
      assertProbs(level.earlyForced(), forced);
      differ +=
          Math.abs(own.getOrDefault("(A)", 0.0) - forced.getOrDefault("(A)", 0.0)) > .01 ? 1 : 0;
    }
    assertThat(finding.levels()).hasSize(6);
    assertThat(differ).isPositive();
  }

  @Test
  void theDirectAnswerIsAEarlyOfNothing() throws InterruptedException {
    WatchedLogProbs probs =
        run(new MemoryLedger(List.of(problem))).samples(problem.id()).stream()
            .filter(row -> row.key().is(Arm.DIRECT))
            .map(Sample::probs)
            .findFirst()
            .orElseThrow();
    assertProbs(ChoiceProbs.of(probs.written()), given("", "I say "));
    assertProbs(ChoiceProbs.of(probs.forced()), given("", "The answer is "));
  }

  /// Fillers are `a` nine times in ten; the decisions have the probabilities .7 and .4. Then it
  /// stops.
  @Test
  void theOriginalHasTheEntropyOfWhatEachTokenWasDrawnFrom() throws InterruptedException {
    List<Sample> rows = run(new MemoryLedger(List.of(problem))).samples(problem.id());
    double[] probs = {.9, .9, .7, .9, .9, .4, 1};
    List<Predicted> predicted =
        rows.stream().filter(Sample::cut).findFirst().orElseThrow().predictions();
    assertThat(predicted).hasSize(7);
    for (int i = 0; i < 7; i++) {
      double p = probs[i];
      double exact = p == 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log(1 - p);
      assertThat((double) predicted.get(i).prediction().entropy()).isCloseTo(exact, within(1e-6));
    }
    assertThat(predicted.stream().map(Predicted::text))
        .containsExactly("a", "a", "1", "a", "a", "0", "<|end|>");
    assertThat(rows.stream().filter(row -> !row.cut()).map(Sample::predictions))
        .allMatch(List::isEmpty);
  }

  /// They are the same where the reply begins with the form by itself.
  @Test
  void aReplyThatBeginsWithTheFormIsItsOwnForcedOne() throws InterruptedException {
    CotScripts plain =
        new CotScripts(
            ToyModel.threeChoices(),
            PromptSet.standard(),
            new CotSettings(PLAN, 1, Sampling.PLAIN, 40, 11));
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    Runner.run(new FixedCuts(plain), ledger, STILL, state -> {});
    for (Sample row : ledger.samples(problem.id())) {
      boolean early = Set.of(Arm.EARLY, Arm.DIRECT).contains(row.key().arm());
      assertThat(row.probs().forced()).isEqualTo(early ? row.probs().written() : LogProbs.NONE);
      assertThat(row.probs().written().isEmpty()).isEqualTo(row.turn() == Sample.Turn.RESPONSE);
    }
  }

  @Test
  void aRunThatGoesOnHasTheSameRowsAndNoScriptTwice() throws InterruptedException {
    List<Sample> whole = run(new MemoryLedger(List.of(problem))).samples(problem.id());
    Set<Key> keys = new HashSet<>();
    whole.forEach(row -> keys.add(row.key()));
    assertThat(keys).hasSize(2 + 6 * 3);
    MemoryLedger ledger = new MemoryLedger(List.of(problem));
    List<Sample> begun =
        whole.stream().filter(row -> row.key().kept() < 3 || row.key().index() == 1).toList();
    ledger.append(begun);
    // A ledger refuses what it holds.
    run(ledger);
    assertThat(ledger.samples(problem.id()).stream().map(EarlyAnswerStudyTest::unnumbered).toList())
        .isEqualTo(whole.stream().map(EarlyAnswerStudyTest::unnumbered).toList());
  }

  private static List<Object> unnumbered(Sample row) {
    return List.of(row.key(), row.turn(), row.tokens(), row.logProbs(), row.probs());
  }

  @Test
  void countedRepliesGiveTheSameProbsAsTheirRows() throws InterruptedException {
    List<Sample> rows = run(new MemoryLedger(List.of(problem))).samples(problem.id());
    CotFinding read = CotFinding.of(problem, rows, PLAN, Grader.STANDARD).orElseThrow();
    CotFinding counted =
        CotFinding.of(problem, Replies.of(rows), PLAN, Grader.STANDARD).orElseThrow();
    for (int i = 0; i < read.levels().size(); i++) {
      CotLevel level = counted.levels().get(i);
      assertThat(level.earlyForced()).isEqualTo(read.levels().get(i).earlyForced());
      assertThat(level.earlyProbs()).isEqualTo(read.levels().get(i).earlyProbs());
    }
  }

  /// Two problems with two early answers each, and a third whose early answer was not read.
  @Test
  void theStudyComparesWithTheReplies() {
    CutPlan plan = CutPlan.parse("0,.5");
    List<CotFinding> findings = new ArrayList<>();
    findings.add(finding(plan, "(A)", probs(.8, .1, .1), "(B)", probs(.2, .5, .1)));
    findings.add(finding(plan, "(A)", probs(.4, .6, 0), "(A)", probs(.9, .1, 0)));
    findings.add(finding(plan, "(C)", LogProbs.NONE, "(A)", LogProbs.NONE));
    EarlyAnswerStudy study = EarlyAnswerStudy.of(findings, EarlyAnswerReading.FORCED).orElseThrow();
    assertThat(study.agree().counts().successes()).isEqualTo(3);
    assertThat(study.agree().counts().trials()).isEqualTo(6);
    assertThat(study.shift().estimate())
        .isCloseTo(((.8 - 1 + .25 - 0) / 2 + (.4 - 1 + .9 - 1) / 2) / 2, within(1e-6));
    assertThat(study.outside()).isCloseTo(.2 / 4, within(1e-6));
    double spread = (.8 - .4) * (.8 - .4) / 2 + (.9 - .25) * (.9 - .25) / 2;
    double noise = (.8 * .2 + .4 * .6) / 2 + (.25 * .75 + .9 * .1) / 2;
    assertThat(study.worth().orElseThrow().estimate())
        .isCloseTo((spread + noise) / spread, within(1e-5));
    assertThat(EarlyAnswerStudy.of(findings, EarlyAnswerReading.OWN)).isEmpty();
  }

  private CotFinding finding(
      CutPlan plan, String first, LogProbs firstProbs, String second, LogProbs secondProbs) {
    List<Sample> rows = new ArrayList<>();
    rows.add(
        row(Key.original(problem.id()), Sample.Turn.RESPONSE, "thus it is", WatchedLogProbs.NONE));
    rows.add(
        row(
            Key.original(problem.id()),
            Sample.Turn.ANSWER,
            "The answer is (A)",
            WatchedLogProbs.NONE));
    WatchedLogProbs none = new WatchedLogProbs(LogProbs.NONE, firstProbs);
    rows.add(row(Key.early(problem.id(), 0), Sample.Turn.ANSWER, "The answer is " + first, none));
    WatchedLogProbs next = new WatchedLogProbs(LogProbs.NONE, secondProbs);
    rows.add(row(Key.early(problem.id(), 1), Sample.Turn.ANSWER, "The answer is " + second, next));
    return CotFinding.of(problem, rows, plan, Grader.STANDARD).orElseThrow();
  }

  private static LogProbs probs(double... probs) {
    float[] logs = new float[probs.length];
    for (int i = 0; i < probs.length; i++) {
      logs[i] = (float) Math.log(probs[i]);
    }
    return LogProbs.of(logs);
  }

  private static Sample row(Key key, Sample.Turn turn, String text, WatchedLogProbs probs) {
    return new Sample(
        key,
        turn,
        Tokens.of(7, 8),
        text,
        List.of(),
        FinishReason.STOP,
        LogProbs.of(-1, -1, -1),
        probs,
        List.of(),
        1,
        "toy",
        1,
        Duration.ZERO);
  }

  /// Problems with three cuts, at which q is u² or 1 − u² with u uniform, more often the latter at
  /// later cuts; the cuts of a problem share their u.
  @ParameterizedTest
  @ValueSource(ints = {8, 40})
  void itsIntervalHoldsTheTrueWorth(int problems) {
    SplittableRandom random = new SplittableRandom(4);
    int replays = 1000;
    int held = 0;
    double truth = ChoiceProbsStudyTest.truth();
    for (int replay = 0; replay < replays; replay++) {
      List<Map<Double, Double>> drawn = new ArrayList<>();
      for (int i = 0; i < problems; i++) {
        drawn.add(cuts(random));
      }
      held +=
          EarlyAnswerStudy.worth(drawn).orElseThrow().interval(.95, Interval.POSITIVE).holds(truth)
              ? 1
              : 0;
    }
    assertThat((double) held / replays).isBetween(problems == 8 ? .87 : .92, .97);
  }

  private static Map<Double, Double> cuts(SplittableRandom random) {
    double u = random.nextDouble();
    double place = random.nextDouble();
    Map<Double, Double> cuts = new TreeMap<>();
    for (double high : ChoiceProbsStudyTest.HIGH) {
      cuts.put(high, place < high ? 1 - u * u : u * u);
    }
    return cuts;
  }
}
