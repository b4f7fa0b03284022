package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.model.Completion;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.OwnText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Texts of the built-in model scored anew: in other batches, and so with other rounding, than when
/// they were written. The model is nearly sure of most tokens (perplexity 1.05).
class OwnTextTest {
  private static final int TEXTS = 20;
  private static final Sampling STATED = new Sampling(.7, .9);

  private static Tokens start(LlamaModel model, int text) {
    Tokens begin = Tokens.of(model.vocabulary().begin().orElseThrow());
    return begin.plus(BuiltIn.question(model.vocabulary(), 11 + text));
  }

  private static List<Tokens> written(LlamaModel model) throws InterruptedException {
    List<Script> scripts = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      scripts.add(new Script(start(model, i), List.of(Step.sample(STATED, 120)), i));
    }
    return Models.run(model, scripts).stream().map(one -> one.last().tokens()).toList();
  }

  private static List<OwnText> scored(LlamaModel model, List<Tokens> texts)
      throws InterruptedException {
    List<Script> scripts = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      Step score = new Step.Score(List.of(texts.get(i))).withPredictions(STATED);
      scripts.add(new Script(start(model, i), List.of(score), 0L));
    }
    List<OwnText> seen = new ArrayList<>();
    for (Completion one : Models.run(model, scripts)) {
      Scored found = one.scores().getFirst().getFirst();
      seen.add(OwnText.of(found.predictions(), found.logProbs()));
    }
    return seen;
  }

  @Test
  void ownTextsAreTheModelsAndAnswersToOtherQuestionsAreNot() throws InterruptedException {
    try (LlamaModel model = BuiltIn.open(48)) {
      List<Tokens> own = written(model);
      assertThat(scored(model, own)).noneMatch(OwnText::offPolicy);
      List<Tokens> toOtherQuestions =
          IntStream.range(0, TEXTS).mapToObj(i -> own.get((i + 1) % TEXTS)).toList();
      assertThat(scored(model, toOtherQuestions)).allMatch(OwnText::offPolicy);
    }
  }
}
