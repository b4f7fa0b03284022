package criticalwindows.foresight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.finetune.Example;
import criticalwindows.finetune.Targets;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.study.Measured;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What arms share, by a built-in model.
final class ForesightRepetitionTest {
  private static final ForesightPlan PLAN = new ForesightPlan(4, 2, 3, 8, 2, 16, 3, 4, 1);
  private static final List<ChoiceProblem> HELD_OUT = ChoiceProblem.draw(8, 2601, Set.of());

  private static Model model;
  private static ForesightData data;

  @BeforeAll
  static void sample() throws InterruptedException {
    model =
        LlamaModel.open(
            ModelFiles.standard().find(ForesightPlan.MODEL),
            LlamaOptions.defaults().withThreads(1));
    data = ForesightData.sample(model, PLAN, HELD_OUT, 1);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void responsesAreTheWorldsAndAreCutFromBeginningToEnd() {
    assertThat(data.test()).hasSizeGreaterThan(8);
    for (CutResponse response : data.test()) {
      List<Prefix> prefixes = response.prefixes();
      assertThat(prefixes.getFirst().kept()).isZero();
      assertThat(prefixes.getLast().whole()).isTrue();
      assertThat(response.problem().writes(prefixes.getLast().text())).isTrue();
      int said = response.problem().read(prefixes.getLast().text()).orElseThrow();
      assertThat(prefixes.getLast().exact().of(said)).isEqualTo(1);
      for (int i = 0; i < response.cut().size(); i++) {
        assertThat(prefixes.get(i).kept()).isEqualTo(PLAN.step() * i);
      }
    }
  }

  @Test
  void countsAddUpAndAWholeResponseIsCertain() {
    List<Prefix> learnt = ForesightData.prefixes(data.training());
    assertThat(data.counts()).hasSameSizeAs(learnt);
    for (int i = 0; i < learnt.size(); i++) {
      AnswerCounts counts = data.counts().get(i);
      assertThat(counts.total()).isBetween(0.0, 3.0);
      if (learnt.get(i).whole()) {
        assertThat(counts.of()).contains(3.0);
      }
    }
    assertThat(learnt).noneMatch(prefix -> HELD_OUT.contains(prefix.problem()));
  }

  /// The check of the instrument: the truth as a forecast.
  @Test
  void exactProbabilitiesHaveNoExcess() {
    ForesightMeasures measures = ForesightMeasures.of(data);
    Measured exact = measures.of(measures.exact());
    Map<String, Double> excess = exact.values().get(ForesightMeasures.EXCESS);
    assertThat(excess)
        .hasSameSizeAs(data.test().stream().map(CutResponse::problem).distinct().toList());
    assertThat(excess.values()).containsOnly(0.0);
    Measured uniform =
        measures.of(
            ForesightData.prefixes(data.test()).stream()
                .map(prefix -> Forecast.uniform(prefix.problem().options()))
                .toList());
    assertThat(uniform.values().get(ForesightMeasures.DRIFT).values()).containsOnly(0.0);
    assertThat(uniform.values().get(ForesightMeasures.REVERSAL).values()).containsOnly(0.0);
    for (String item : excess.keySet()) {
      double beyond =
          uniform.values().get(ForesightMeasures.BRIER).get(item)
              - exact.values().get(ForesightMeasures.BRIER).get(item);
      assertThat(uniform.values().get(ForesightMeasures.EXCESS).get(item))
          .isCloseTo(beyond, within(3e-6));
    }
  }

  @Test
  void anEarlyAnswerToAWholeResponseIsItsOwn() throws InterruptedException {
    List<Prefix> ends = data.test().stream().map(each -> each.prefixes().getLast()).toList();
    List<EarlyAnswers.Reply> replies = EarlyAnswers.ask(model, ends);
    for (int i = 0; i < ends.size(); i++) {
      int said = ends.get(i).problem().read(ends.get(i).text()).orElseThrow();
      assertThat(replies.get(i).named()).hasValue(said);
      assertThat(replies.get(i).own().of(said)).isGreaterThan(.9);
    }
  }

  @Test
  void aQuestionIsPutBehindThePrefixAndItsLettersAreTheClasses() throws InterruptedException {
    Prefix prefix = data.test().getFirst().prefixes().get(1);
    LetterQuestion question = LetterQuestion.of(model, prefix.problem());
    String shown = model.vocabulary().named(question.asked());
    assertThat(shown)
        .isEqualTo(
            "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHow likely is each answer?"
                + "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n");
    assertThat(model.vocabulary().decode(question.letters())).isEqualTo("ABCDE");
    int options = prefix.problem().options();
    AnswerCounts counts = new AnswerCounts(java.util.Collections.nCopies(options, 2.0));
    Example example = question.examples(prefix, counts).getFirst();
    Targets targets = example.passages().getFirst().targets();
    assertThat(targets.size()).isEqualTo(options);
    assertThat(targets.sum()).isEqualTo(2 * options);
    assertThat(targets.place(0)).isEqualTo(example.tokens() - 1);
    AnswerQuestion.Answers answers = question.ask(model, List.of(prefix, prefix));
    assertThat(answers.forecasts().getFirst().options()).isEqualTo(options);
    assertThat(answers.covered()).isBetween(0.0, 1.0);
  }

  /// One example for each option that came out, whose loss is −Σ k·log p of its whole words.
  @Test
  void guessesNameOptionsInTheirOwnWords() throws InterruptedException {
    AnswerQuestion question = GuessQuestion.of(model, HELD_OUT);
    for (ChoiceProblem problem : HELD_OUT) {
      List<String> texts =
          question.replies(problem).stream()
              .map(reply -> said(question.asked(problem).plus(reply)))
              .toList();
      for (int i = 0; i < texts.size(); i++) {
        String option = problem.problem().choices().get(i).text();
        assertThat(texts.get(i)).endsWith("The best guess is " + option + ".");
      }
    }
    Prefix prefix = data.test().getFirst().prefixes().get(1);
    List<Double> counts = new java.util.ArrayList<>();
    for (int i = 0; i < prefix.problem().options(); i++) {
      counts.add(i < 2 ? i + 1.0 : 0.0);
    }
    List<Example> examples = question.examples(prefix, new AnswerCounts(counts));
    assertThat(examples).hasSize(2);
    Targets second = examples.get(1).passages().getFirst().targets();
    List<Tokens> replies = question.replies(prefix.problem());
    assertThat(second.sum()).isEqualTo(2 * replies.get(1).size());
    assertThat(second.token(0)).isEqualTo(replies.get(1).at(0));
    assertThat(question.ask(model, List.of(prefix)).covered()).isBetween(.5, 1.0001);
  }

  private static String said(Tokens tokens) {
    return model.vocabulary().decode(tokens);
  }

  @Test
  void theBaseRateIsThatOfThePromptAlone() throws InterruptedException {
    List<ChoiceProblem> two = HELD_OUT.subList(0, 2);
    PriorCounts prior = PriorCounts.sample(model, two, 4);
    for (ChoiceProblem problem : two) {
      AnswerCounts counts = prior.byProblem().get(problem.id());
      assertThat(counts.total()).isBetween(1.0, 4.0);
      assertThat(prior.of(problem)).isEqualTo(counts.smoothed());
    }
  }

  @Test
  void everyArmIsKnownByItsWord() {
    assertThat(ForesightArm.words()).doesNotHaveDuplicates().startsWith("early").endsWith("exact");
    for (ForesightArm arm : ForesightArm.values()) {
      assertThat(ForesightArm.named(arm.word())).isEqualTo(arm);
    }
  }
}
