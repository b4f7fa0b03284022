package criticalwindows.intervene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.CutScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.intervene.Edit.Change;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Message;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import criticalwindows.noise.CutPlan;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Remaining;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Proportion;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import criticalwindows.trace.TraceScripts;
import criticalwindows.trace.TraceSettings;
import criticalwindows.trace.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Edits of responses whose every continuation can be enumerated.
class EditsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final CotSettings RUN =
      new CotSettings(CutPlan.parse(".5"), 1, Sampling.PLAIN, 40, 3);

  /// `aa1` or `aa0`, twice; the two decisions, read as a binary number, are the answer.
  private final ToyModel decisions = new ToyModel(new ToyModel.OrderedDecisions(List.of(.6, .7)));

  /// Three ways from the third character on, and what each of them comes to.
  private static final ToyModel.Process THREE =
      new ToyModel.Process() {
        @Override
        public int length() {
          return 5;
        }

        @Override
        public Map<Character, Double> next(String written) {
          return switch (written.length()) {
            case 2 -> Map.of('x', .6, 'y', .3, 'z', .1);
            case 3 ->
                switch (written.charAt(2)) {
                  case 'x' -> Map.of('p', .9, 'q', .1);
                  case 'y' -> Map.of('p', .2, 'q', .8);
                  default -> Map.of('q', 1.0);
                };
            default -> Map.of('a', 1.0);
          };
        }

        @Override
        public String answer(String text) {
          return text.substring(3, 4);
        }
      };

  /// The fourth character.
  private static final Scorer FOURTH =
      (item, said) -> new Answer.Label(said.response().substring(3, 4));

  private final ToyModel three = new ToyModel(THREE);

  private static Sample original(ToyModel model, Problem problem, String response) {
    Tokens tokens = model.vocabulary().encode(response);
    return new Sample(
        Key.original(problem.id()),
        Sample.Turn.RESPONSE,
        tokens,
        response,
        IntStream.rangeClosed(1, response.length()).boxed().toList(),
        FinishReason.STOP,
        LogProbs.of(new float[response.length() + 1]),
        1,
        "toy",
        1,
        Duration.ZERO);
  }

  private static Problem text(ToyModel model, String response) {
    Trace trace =
        new Trace(
            "line 1",
            Optional.of("text"),
            new Before.Turns(List.of(Message.user("Write."))),
            new Sources.Text(response),
            FinishReason.STOP,
            Optional.empty());
    return Tracing.of(model, List.of(trace), "mine").items().getFirst();
  }

  private static Edits wanted(Edit edit, Outcome original, Scorer scorer) {
    return new Edits(
        List.of(edit),
        Map.of(edit.problem().id(), original),
        new MemoryLedger(List.of(edit.problem())),
        scorer);
  }

  private static Optional<Remaining> run(Edits wanted, CutScripts scripts, String budget)
      throws InterruptedException {
    return Runner.run(
        new EditProtocol(wanted, scripts),
        wanted.ledger(),
        new Meter(Budget.parse(budget), CLOCK),
        state -> {});
  }

  private CutScripts reasoning() {
    return new CotScripts(decisions, PromptSet.standard(), Edits.settings(RUN));
  }

  private CutScripts texts() {
    return new TraceScripts(three, new TraceSettings(Edits.settings(RUN), List.of()));
  }

  private static void assertShare(Proportion measured, double exact) {
    double noise = Math.sqrt(exact * (1 - exact) / measured.trials());
    assertThat(measured.estimate()).isCloseTo(exact, within(4 * noise + 1e-12));
  }

  /// P(3 | aa1) = .7, and after aa0 it cannot come: each continuation after a 0 says 0 or 1.
  @Test
  void aTokenThatDecidesIsKeptOrDrawnAnewAsEnumerationSays() throws InterruptedException {
    Problem problem = Problem.of("toy", "logic", "Which?", List.of(), "3");
    Sample original = original(decisions, problem, "aa1aa1");
    Edit edit = new Edit(problem, original, 2, 3, new Change.Redrawn(), 400);
    Edits wanted = wanted(edit, Grader.STANDARD.form("$3$"), Grader.STANDARD);
    assertThat(run(wanted, reasoning(), "1M-rollouts")).isEmpty();
    EditFinding finding = wanted.findings().getFirst();

    assertThat(finding.kept()).hasSize(400);
    assertShare(finding.kept(finding.original()::same), .7);
    assertThat(finding.edited()).hasSize(400).allMatch(edited -> edited.text().equals("0"));
    assertThat(finding.edited(finding.original()::same)).isEqualTo(new Proportion(0, 400));
    assertShare(finding.edited(Grader.STANDARD.form("$1$")::same), .7);
    assertThat(finding.difference(.95).holds(.7)).isTrue();
    // A draw differs with probability .4.
    assertShare(new Proportion(400, finding.draws()), .4);
    assertThat(Edits.mean(List.of(finding))).isCloseTo(finding.difference(), within(1e-12));
  }

  /// Drawn anew until it differs, x leaves y and z in the ratio of their probabilities.
  @Test
  void whatIsDrawnAnewFollowsTheModelGivenThatItDiffers() throws InterruptedException {
    Problem text = text(three, "aaxpa");
    Edit edit = new Edit(text, original(three, text, "aaxpa"), 2, 3, new Change.Redrawn(), 600);
    Edits wanted = wanted(edit, new Answer.Label("p"), FOURTH);
    assertThat(run(wanted, texts(), "1M-rollouts")).isEmpty();
    EditFinding finding = wanted.findings().getFirst();

    Map<String, Long> drawn =
        finding.edited().stream()
            .collect(Collectors.groupingBy(EditFinding.Edited::text, Collectors.counting()));
    assertThat(drawn).containsOnlyKeys("y", "z");
    assertShare(new Proportion(drawn.getOrDefault("y", 0L), 600), .75);
    assertShare(finding.kept(finding.original()::same), .9);
    assertShare(finding.edited(finding.original()::same), .75 * .2);
    assertThat(finding.difference()).isCloseTo(.9 - .15, within(.1));
  }

  @Test
  void aReplacementIsGoneOnWithAndCanBeLongerShorterOrNothing() throws InterruptedException {
    Problem text = text(three, "aaxpa");
    Sample original = original(three, text, "aaxpa");
    Map<Edit, Double> exact =
        Map.of(
            new Edit(text, original, 2, 3, new Change.Replaced("y"), 300), .2,
            new Edit(text, original, 2, 3, new Change.Replaced("zq"), 300), .0,
            new Edit(text, original, 1, 4, new Change.Replaced(""), 300), .6 * .9 + .3 * .2);
    for (Map.Entry<Edit, Double> each : exact.entrySet()) {
      Edits wanted = wanted(each.getKey(), new Answer.Label("p"), FOURTH);
      assertThat(run(wanted, texts(), "1M-rollouts")).isEmpty();
      EditFinding finding = wanted.findings().getFirst();
      assertThat(finding.edited()).hasSize(300);
      assertThat(finding.draws()).isZero();
      assertShare(finding.edited(finding.original()::same), each.getValue());
      assertShare(finding.kept(finding.original()::same), each.getKey().to() == 3 ? .9 : 1);
    }
  }

  /// The fifth character is always the same: it is drawn so often and no oftener.
  @Test
  void aTokenThatNeverDiffersEndsWithNothingToCompare() throws InterruptedException {
    Problem text = text(three, "aaxpa");
    Edit edit = new Edit(text, original(three, text, "aaxpa"), 4, 5, new Change.Redrawn(), 5);
    Edits wanted = wanted(edit, new Answer.Label("p"), FOURTH);
    assertThat(run(wanted, texts(), "1M-rollouts")).isEmpty();
    EditFinding finding = wanted.findings().getFirst();
    assertThat(finding.draws()).isEqualTo(200);
    assertThat(finding.edited()).isEmpty();
    assertThat(finding.known()).isFalse();
    assertThat(finding.difference(.95).high()).isGreaterThan(.9);
  }

  /// Few draws differ: when no more are made, what differs is still gone on with.
  @Test
  void aTokenThatSeldomDiffersIsCompleteWhenEachOtherOneIsGoneOnWith() throws InterruptedException {
    ToyModel seldom = new ToyModel(new ToyModel.OrderedDecisions(List.of(.99, .7)));
    CutScripts scripts = new CotScripts(seldom, PromptSet.standard(), Edits.settings(RUN));
    Problem problem = Problem.of("toy", "logic", "Which?", List.of(), "3");
    Sample original = original(seldom, problem, "aa1aa1");
    Edit edit = new Edit(problem, original, 2, 3, new Change.Redrawn(), 5);
    Edits wanted = wanted(edit, Grader.STANDARD.form("$3$"), Grader.STANDARD);
    boolean more = true;
    while (more) {
      more = run(wanted, scripts, "1-rollouts").isPresent();
      assertThat(wanted.findings()).hasSize(more ? 0 : 1);
    }
    EditFinding finding = wanted.findings().getFirst();
    assertThat(finding.draws()).isEqualTo(200);
    assertThat(finding.edited()).hasSizeBetween(1, 4).hasSize(finding.wanted());
  }

  /// Text longer than the process writes is followed by the end.
  @Test
  void aDrawThatEndsTheResponseHasItsOutcomeToo() throws InterruptedException {
    Problem text = text(three, "aaxpab");
    Edit edit = new Edit(text, original(three, text, "aaxpab"), 5, 6, new Change.Redrawn(), 6);
    Scorer length = (item, said) -> new Answer.Label("" + said.response().length());
    Edits wanted = wanted(edit, new Answer.Label("6"), length);
    assertThat(run(wanted, texts(), "1M-rollouts")).isEmpty();
    EditFinding finding = wanted.findings().getFirst();
    assertThat(finding.draws()).isEqualTo(6);
    assertThat(finding.edited())
        .hasSize(6)
        .allMatch(edited -> edited.text().isEmpty() && edited.outcome().show().equals("5"));

    Problem problem = Problem.of("toy", "logic", "Which?", List.of(), "3");
    Sample original = original(decisions, problem, "aa1aa1a");
    Edit asked = new Edit(problem, original, 6, 7, new Change.Redrawn(), 4);
    Edits answers = wanted(asked, Grader.STANDARD.form("$3$"), Grader.STANDARD);
    assertThat(run(answers, reasoning(), "1M-rollouts")).isEmpty();
    assertThat(answers.findings().getFirst().edited())
        .hasSize(4)
        .allMatch(edited -> edited.outcome().same(Grader.STANDARD.form("$3$")));
  }

  @Test
  void whatStopsGoesOnAndComesToTheSame() throws InterruptedException {
    Problem text = text(three, "aaxpa");
    Edit edit = new Edit(text, original(three, text, "aaxpa"), 2, 3, new Change.Redrawn(), 10);
    Edits whole = wanted(edit, new Answer.Label("p"), FOURTH);
    assertThat(run(whole, texts(), "1M-rollouts")).isEmpty();
    Edits pieces = wanted(edit, new Answer.Label("p"), FOURTH);
    int sessions = 0;
    while (run(pieces, texts(), "7-rollouts").isPresent()) {
      sessions++;
      assertThat(pieces.findings()).isEmpty();
    }
    assertThat(sessions).isGreaterThan(3);
    assertThat(pieces.findings()).isEqualTo(whole.findings()).hasSize(1);
    assertThat(pieces.ledger().keys()).isEqualTo(whole.ledger().keys());
  }

  @Test
  void noDrawIsOneOfTheRunsOrOfItsInterventions() {
    assertThat(List.of(Edits.settings(RUN).seed(), Interventions.settings(RUN).seed(), RUN.seed()))
        .doesNotHaveDuplicates();
  }

  @Test
  void anEditIsWithinItsResponseAndOneTokenIsDrawn() {
    Problem text = text(three, "aaxpa");
    Sample original = original(three, text, "aaxpa");
    for (int[] place : new int[][] {{-1, 1}, {2, 2}, {3, 6}, {1, 3}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Edit(text, original, place[0], place[1], new Change.Redrawn(), 5));
    }
    assertThat(new Edit(text, original, 2, 3, new Change.Redrawn(), 5).text()).isEqualTo("x");
  }

  @Test
  void whatAContinuationSaysIsReadWithAllThatStandsBeforeIt() throws InterruptedException {
    Problem text = text(three, "aaxpa");
    Change change = new Change.Replaced("bby");
    Edit edit = new Edit(text, original(three, text, "aaxpa"), 0, 3, change, 3);
    Scorer whole = (item, said) -> new Answer.Label(begins(said));
    Edits wanted = wanted(edit, new Answer.Label("aax"), whole);
    assertThat(run(wanted, texts(), "1M-rollouts")).isEmpty();
    EditFinding finding = wanted.findings().getFirst();
    assertThat(finding.kept()).allMatch(outcome -> outcome.show().equals("aax"));
    assertThat(finding.edited()).allMatch(edited -> edited.outcome().show().equals("bby"));
  }

  private static String begins(Said said) {
    return said.response().substring(0, 3);
  }
}
