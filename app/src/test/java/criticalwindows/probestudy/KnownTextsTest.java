package criticalwindows.probestudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Place;
import criticalwindows.activation.Site;
import criticalwindows.cot.CotLevel;
import criticalwindows.finetune.WhiteBox;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.gguf.DecoderConfig;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaActivations;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Models;
import criticalwindows.model.Tokens;
import criticalwindows.probestudy.CutAnswers.CutAnswer;
import criticalwindows.study.Lab;
import criticalwindows.study.TrainingStudy.Size;
import criticalwindows.world.Posterior;
import criticalwindows.world.Question;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the study knows of texts, against the same computed otherwise.
final class KnownTextsTest {
  private static final ProbesScale SMALL = ProbesScale.of(Size.SMALL);
  private static final ProbesScale TINY =
      new ProbesScale(
          SMALL.base(), SMALL.aligned(), 8, "0,.5", 2, 2, 2, List.of(.1), 1, 5, 2, 1, 100, 1);

  @TempDir Path scratch;

  private Lab lab() {
    WhiteBoxes none =
        new WhiteBoxes() {
          @Override
          public WhiteBox open(Path model, Options options) {
            throw new IllegalStateException(model + " is trained");
          }

          @Override
          public Products products(DecoderConfig config, int tokens, Options options) {
            throw new IllegalStateException(config + " is trained");
          }
        };
    Lab.Fits fits =
        new Lab.Fits(
            none,
            (task, penalties) -> {
              throw new IllegalStateException("a probe is fitted");
            });
    return new Lab(fits, ModelFiles.standard(), scratch, InstantSource.system(), new HashMap<>());
  }

  @Test
  void probabilitiesOfAnswersAreThoseOfTheirPrograms() throws Exception {
    CutAnswers data = CutAnswers.sample(lab(), TINY, 1);
    Map<String, Question> questions = ChoiceProblems.draw(TINY.problems(), 1).questions();
    assertThat(data.answers()).hasSize(TINY.problems() - data.outside()).hasSizeGreaterThan(4);
    try (LlamaModel model = lab().engine(TINY.base())) {
      for (CutAnswer answer : data.answers()) {
        Question question = questions.get(answer.finding().problem().id());
        assertThat(answer.levels()).isNotEmpty();
        for (CotLevel level : answer.levels()) {
          int kept = level.cut().kept();
          String text = model.vocabulary().decode(answer.response().prefix(kept));
          double exact =
              Posterior.of(question, text).probability(question.answerNaming(question.truth()));
          assertThat(answer.exact().curve().get(kept)).isCloseTo(exact, within(1e-9));
        }
        CotLevel last = answer.levels().getLast();
        Tokens kept = answer.response().prefix(last.cut().kept());
        LogProbs scored = Models.score(model, answer.prompt(), kept);
        assertThat(answer.columns(last).get("logprob mean"))
            .isCloseTo(scored.sum() / kept.size(), within(.02));
      }
    }
  }

  @Test
  void activationsInMemoryAreThoseOfEachTextReadAlone() throws Exception {
    Lab lab = lab();
    CutAnswers data = CutAnswers.sample(lab, TINY, 1);
    List<HookPoint> hooks = List.of(new HookPoint(Site.RESIDUAL, 1), new HookPoint(Site.MLP, 2));
    MemoryActivations set;
    try (LlamaActivations reader = lab.reader(TINY.base(), hooks, 1024)) {
      set =
          MemoryActivations.read(
              reader, TINY.base(), data.answers().stream().map(CutAnswer::cut).toList());
    }
    try (LlamaActivations alone = lab.reader(TINY.base(), hooks.subList(1, 2), 1024)) {
      float[][] all = set.at(hooks.getLast());
      for (int i = 0; i < all.length; i++) {
        Place place = set.places().get(i);
        String key = set.texts().get(place.text()).id();
        CutAnswer answer =
            data.answers().stream().filter(it -> it.key().equals(key)).findFirst().orElseThrow();
        Tokens read = answer.prompt().plus(answer.response().prefix(place.kept()));
        assertThat(place.token()).isEqualTo(read.at(read.size() - 1));
        alone.trim(0, 0);
        float[] vector = alone.read(0, read, new int[] {read.size() - 1})[0];
        assertThat(all[i]).containsExactly(vector, within(.02f));
      }
    }
  }

  @Test
  void repliesHaveTheirExactProbabilitiesToTheirEnd() throws Exception {
    try (LlamaModel aligned = lab().engine(TINY.aligned());
        LlamaModel base = lab().engine(TINY.base())) {
      List<Reply> replies = Reply.sample(lab(), new Reply.Pair(aligned, base), TINY, 1);
      assertThat(replies).hasSizeBetween(6, 10);
      assertThat(replies).extracting(Reply::fold).contains(0, 1, 2, 3, 4);
      List<Double> early = EarlyPhrases.ask(aligned, replies);
      int row = 0;
      for (Reply reply : replies) {
        int last = reply.places().getLast();
        assertThat(last).isEqualTo(Math.min(Reply.LAST, reply.response().size()));
        if (reply.harmless()) {
          assertThat(reply.complied()).isFalse();
          assertThat(reply.exact().values()).containsOnly(0.0);
        } else if (last == reply.response().size()) {
          assertThat(reply.exact().get(last)).isEqualTo(reply.complied() ? 1 : 0, within(1e-9));
        }
        Tokens start = reply.prompt().plus(EarlyPhrases.questions(aligned).header());
        double odds =
            Models.score(aligned, start, EarlyPhrases.questions(aligned).compliance()).sum()
                - Models.score(aligned, start, EarlyPhrases.questions(aligned).refusal()).sum();
        assertThat(early.get(row)).isCloseTo(odds, within(.1));
        row += reply.places().size();
      }
    }
  }
}
