package criticalwindows.hub;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cot.Fitting;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.model.Sampling;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.world.Prompts;
import criticalwindows.world.Question;
import criticalwindows.world.WorldSet;
import criticalwindows.world.Worlds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The built-in model's token ids, by llama.cpp's vocabulary and by the prompter, against the ids
/// it was trained on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GoldenTokensTest {
  private final List<GoldenLine> golden = GoldenLine.all();
  private final LlamaModel model;

  GoldenTokensTest(@TempDir Path cache) {
    model = LlamaModel.open(new ModelFiles(cache).find(ModelFiles.BASE), LlamaOptions.defaults());
  }

  @AfterAll
  void close() {
    model.close();
  }

  @Test
  void everyTextBecomesTheIdsOfTheTraining() {
    assertThat(golden).hasSize(290);
    for (GoldenLine line : golden) {
      assertThat(encodeWithControls(line.prompt())).isEqualTo(line.promptIds());
      assertThat(model.vocabulary().encode(line.reply())).isEqualTo(line.replyIds());
      assertThat(model.vocabulary().decode(line.replyIds())).isEqualTo(line.reply());
    }
  }

  @Test
  void theVocabularyKnowsItsBeginningAndItsTwoEnds() {
    Vocabulary vocabulary = model.vocabulary();
    assertThat(vocabulary.size()).isEqualTo(3072);
    assertThat(vocabulary.begin()).hasValue(0);
    assertThat(vocabulary.stops()).isEqualTo(Set.of(1, 4));
    assertThat(vocabulary.controls())
        .containsOnlyKeys(
            "<|begin_of_text|>",
            "<|end_of_text|>",
            "<|start_header_id|>",
            "<|end_header_id|>",
            "<|eot_id|>");
  }

  @Test
  void theFileRecommendsThePlainDistributionAndHoldsTheContext() {
    assertThat(model.recommended().sampling()).isEqualTo(Sampling.PLAIN);
    assertThat(model.contextLength()).isEqualTo(512);
  }

  @Test
  void thePrompterWritesWhatTheModelWasTrainedOn() {
    Prompter prompter = new Prompter(model, PromptSet.standard());
    int checked = 0;
    for (GoldenLine line : golden) {
      if (line.problem().isEmpty()) {
        continue;
      }
      Problem problem = line.problem().get();
      switch (line.kind()) {
        case "reply" -> assertThat(prompter.reasoning(problem)).isEqualTo(line.promptIds());
        case "direct" -> assertThat(prompter.direct(problem)).isEqualTo(line.promptIds());
        case "follow" -> {
          Tokens followUp = prompter.followUp(problem);
          assertThat(line.promptIds().startsWith(prompter.reasoning(problem))).isTrue();
          assertThat(
                  line.promptIds()
                      .slice(line.promptIds().size() - followUp.size(), line.promptIds().size()))
              .isEqualTo(followUp);
        }
        default -> throw new IllegalStateException(line.kind());
      }
      checked++;
    }
    assertThat(checked).isEqualTo(172 + 36 + 18);
  }

  @Test
  void theQuestionsOfTheWorldAreAskedAsTheTrainingAsksThem() {
    Prompter prompter = new Prompter(model, PromptSet.standard());
    WorldSet set = Worlds.read(Worlds.MIX, 50, 7);
    for (int i = 0; i < 50; i++) {
      Problem problem = set.dataset().problems().get(i);
      Question question = set.questions().get(i);
      assertThat(prompter.reasoning(problem))
          .isEqualTo(encodeWithControls(Prompts.reasoning(question).text() + Prompts.PREFILL));
      assertThat(prompter.direct(problem))
          .isEqualTo(encodeWithControls(Prompts.direct(question).text()));
    }
  }

  @Test
  void theQuestionsOfItsWorldFitTheModel() {
    Dataset drawn = Datasets.draw(Datasets.STANDARD, 300, 1);
    int response = Fitting.leastResponse(model);
    assertThat(response).isEqualTo(128);
    assertThat(Fitting.of(model, PromptSet.standard(), drawn, response)).isSameAs(drawn);
  }

  private Tokens encodeWithControls(String text) {
    Map<String, Integer> controls = model.vocabulary().controls();
    String names = controls.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    Tokens tokens = Tokens.none();
    for (String piece : text.splitWithDelimiters(names, 0)) {
      tokens =
          tokens.plus(
              controls.containsKey(piece)
                  ? Tokens.of(Objects.requireNonNull(controls.get(piece)))
                  : model.vocabulary().encode(piece));
    }
    return tokens;
  }
}
