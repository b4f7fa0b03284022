package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.model.Message;
import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LlamaModelTest {
  private final LlamaModel model = BuiltIn.open(4);

  @AfterEach
  void close() {
    model.close();
  }

  private Script script() {
    Tokens start = BuiltIn.question(model.vocabulary(), 17);
    return new Script(start, List.of(Step.sample(Sampling.PLAIN, 3)), 1L);
  }

  @Test
  void aModelSaysWhatItIs() {
    assertThat(model.name()).isEqualTo("base");
    assertThat(model.contextLength()).isEqualTo(512);
    assertThat(model.vocabulary().size()).isEqualTo(3072);
    assertThat(model.vocabulary().stops()).containsExactlyInAnyOrder(1, 4);
    assertThat(model.vocabulary().begin()).hasValue(0);
    assertThat(model.recommended().sampling()).isEqualTo(Sampling.PLAIN);
  }

  @Test
  void theRecordNamesEverythingThatComputes() {
    assertThat(model.provenance())
        .containsEntry("engine", "llama.cpp 0.5.0-dev")
        .containsEntry("model file", "base.gguf")
        .containsEntry("model sha256", NativeFiles.sha256(BuiltIn.FILE))
        .containsEntry("threads", "1")
        .containsEntry("attention", "plain")
        .containsEntry("micro-batch", "512")
        .containsKeys("engine build", "engine processor", "memory budget");
    assertThat(LlamaModel.engineVersion()).isEqualTo("llama.cpp 0.5.0");
  }

  @Test
  void theTemplateOfTheFileOpensTheAssistantsTurn() {
    String rendered =
        model.chatTemplate().render(List.of(Message.system("Be kind."), Message.user("Héllo")));
    assertThat(rendered)
        .endsWith(
            "<|start_header_id|>system<|end_header_id|>\n\nBe kind.<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\nHéllo<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\n");
  }

  @Test
  void controlTokensAreShownAndNotDecoded() {
    Vocabulary vocabulary = model.vocabulary();
    assertThat(vocabulary.show(4)).isEqualTo("<|eot_id|>");
    Tokens text = vocabulary.encode("né");
    assertThat(vocabulary.decode(Tokens.of(4).plus(text).plus(Tokens.of(1)))).isEqualTo("né");
    Tokens halved = text.prefix(text.size() - 1);
    assertThat(vocabulary.decode(halved)).isEqualTo("n\uFFFD");
  }

  @Test
  void aClosedModelRefusesEverything() {
    Script script = script();
    model.close();
    model.close();
    assertThatThrownBy(() -> Models.run(model, script)).hasMessage("the model base is closed");
    assertThatThrownBy(() -> model.vocabulary().encode("a")).hasMessage("the model is closed");
    assertThat(model.vocabulary().decode(script.start())).contains("stamps");
    assertThatThrownBy(() -> Models.score(model, Tokens.of(1), Tokens.of(2)))
        .hasMessage("the model base is closed");
    assertThatThrownBy(model::provenance).hasMessage("the model base is closed");
    assertThatThrownBy(() -> model.width(10)).hasMessage("the model base is closed");
  }

  @Test
  void aModelInUseRefusesAnotherUse() throws InterruptedException {
    List<String> refused = new ArrayList<>();
    model.run(
        List.of(script()),
        (index, completion) -> {
          for (Runnable use : List.<Runnable>of(model::close, () -> model.width(10))) {
            try {
              use.run();
            } catch (IllegalStateException e) {
              refused.add(e.getMessage());
            }
          }
        });
    assertThat(refused)
        .containsExactly(
            "the model base is in use, and cannot be closed", "the model base is in use");
  }

  @Test
  void aSinkThatFailsLeavesTheModelUsable() throws InterruptedException {
    assertThatThrownBy(
            () ->
                model.run(
                    List.of(script(), script(), script()),
                    (index, completion) -> {
                      throw new IllegalStateException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(Models.run(model, script()).samples()).hasSize(1);
  }

  @Test
  void scoresWantATextThatFits() throws InterruptedException {
    Tokens first = Tokens.of(5);
    assertThatThrownBy(() -> Models.score(model, first, Tokens.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nothing to score");
    assertThatThrownBy(() -> Models.score(model, first, Tokens.of(new int[512])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can come to 513 tokens");
    assertThat(Models.score(model, first, Tokens.of(new int[511])).size()).isEqualTo(511);
  }

  @Test
  void anEmptyListOfScriptsIsDoneAtOnce() throws InterruptedException {
    assertThat(Models.run(model, List.of())).isEmpty();
    assertThat(model.counters()).isEqualTo(new Counters(0, 0, 0, 0));
  }

  @Test
  void theBenchDoesTheSameWorkThreeWays() throws InterruptedException {
    Tokens start = BuiltIn.question(model.vocabulary(), 17);
    assertThat(EngineBench.bare(model, start, 3, 5).sampled()).isEqualTo(15);
    assertThat(EngineBench.naive(model, List.of(start, start.prefix(9)), 5).sampled())
        .isEqualTo(10);
    assertThat(EngineBench.scheduled(model, List.of(start, start.prefix(9)), 4, 5).sampled())
        .isEqualTo(40);
    assertThat(model.counters().sampledTokens()).isEqualTo(40);
  }
}
