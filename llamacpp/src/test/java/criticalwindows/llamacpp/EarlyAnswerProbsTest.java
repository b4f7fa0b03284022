package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.FixedCuts;
import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Alternatives;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.Watch;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.ChoiceProbs;
import criticalwindows.rollout.MemoryLedger;
import criticalwindows.rollout.Runner;
import criticalwindows.rollout.Sample;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The probabilities of early answers on the built-in model, against its scores of whole texts.
class EarlyAnswerProbsTest {
  private static final List<Choice> CHOICES =
      List.of(new Choice("A", "106"), new Choice("B", "103"), new Choice("C", "97"));

  private final Problem problem =
      Problem.of(
          "stamps",
          "math",
          "In the morning, Grace has 17 lemons. Next, she buys 8 boxes with 11 lemons in each box."
              + " Then she gives away 2 lemons. How many lemons does Grace have in the end?",
          CHOICES,
          "B");

  @Test
  void theyAreThoseOfScoringAndSumToOne() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(24)) {
      PromptSet prompts = PromptSet.standard();
      Prompter prompter = new Prompter(model, prompts);
      CotSettings settings = new CotSettings(CutPlan.parse("0,.3,.7"), 3, Sampling.PLAIN, 150, 5);
      MemoryLedger ledger = new MemoryLedger(List.of(problem));
      Runner.run(
          new FixedCuts(new CotScripts(model, prompts, settings)),
          ledger,
          InstantSource.fixed(Instant.EPOCH),
          state -> {});
      List<Sample> rows = ledger.samples(problem.id());
      Tokens response = rows.stream().filter(Sample::cut).findFirst().orElseThrow().tokens();
      int read = 0;
      for (Sample row : rows) {
        if (row.key().is(Arm.EARLY) || row.key().is(Arm.DIRECT)) {
          Tokens before =
              row.key().is(Arm.DIRECT)
                  ? prompter.direct(problem)
                  : prompter
                      .reasoning(problem)
                      .plus(response.prefix(row.key().kept()))
                      .plus(prompter.followUp(problem));
          Watch watch = prompter.choicesAnywhere(problem);
          Alternatives named =
              watch.naming().orElseThrow().in(row.tokens(), model.vocabulary()).orElseThrow();
          assertThat(row.text()).startsWith("The best guess is ");
          assertScores(model, before, named, row.probs().written());
          assertScores(model, before, watch.here(), row.probs().forced());
          assertThat(ChoiceProbs.of(row.probs().written()).meanOutside()).isLessThan(.05);
          read++;
        }
      }
      assertThat(read).isEqualTo(4);
    }
  }

  private static void assertScores(
      LlamaModel model, Tokens before, Alternatives step, LogProbs probs)
      throws InterruptedException {
    assertThat(probs.size()).isEqualTo(CHOICES.size());
    double all = 0;
    for (int i = 0; i < probs.size(); i++) {
      Tokens start = before.plus(step.after());
      double sum = Models.score(model, start, step.texts().get(i)).sum();
      assertThat(Math.exp(probs.at(i))).isCloseTo(Math.exp(sum), within(.01));
      all += Math.exp(probs.at(i));
    }
    assertThat(all).isLessThanOrEqualTo(1 + 1e-5);
  }
}
