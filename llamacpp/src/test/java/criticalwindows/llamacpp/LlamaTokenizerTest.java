package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tokenizer of a model file is that of the model.
@Isolated("a model with longer heads makes the process take another CPU library")
class LlamaTokenizerTest {
  @TempDir Path folder;

  @Test
  void itIsTheVocabularyOfTheModel() {
    try (LlamaModel model = BuiltIn.open(24);
        LlamaTokenizer alone = LlamaTokenizer.open(BuiltIn.FILE)) {
      Vocabulary own = model.vocabulary();
      Vocabulary other = alone.vocabulary();
      assertThat(other.size()).isEqualTo(own.size());
      assertThat(other.stops()).isEqualTo(own.stops());
      assertThat(other.begin()).isEqualTo(own.begin());
      assertThat(other.controls()).isEqualTo(own.controls());
      for (int id = 0; id < own.size(); id++) {
        assertThat(other.piece(id)).as("token %d", id).isEqualTo(own.piece(id));
      }
      for (String text : List.of("Ulla has 17 apples.", "a\n\n  b<|eot_id|>", "naïve – 東京 ½")) {
        assertThat(other.encode(text)).as(text).isEqualTo(own.encode(text));
      }
      assertThat(alone.recommended().map(r -> r.sampling()).orElse(model.recommended().sampling()))
          .isEqualTo(model.recommended().sampling());
    }
  }

  /// *Source:* llama.cpp v0.5.0, `models/ggml-vocab-*.gguf.inp` and `.out`, which its makers
  /// checked against the models' own tokenizers.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-bpe",
        "qwen2",
        "gpt-2",
        "falcon",
        "starcoder",
        "phi-3",
        "gemma-4",
        "bert-bge"
      })
  void everyTextOfAPublicVocabularyBecomesItsIds(String name) throws IOException {
    Path files = Path.of("../tokenizer/target/vocabularies");
    String texts = Files.readString(files.resolve("ggml-vocab-" + name + ".gguf.inp"));
    List<String> ids = Files.readAllLines(files.resolve("ggml-vocab-" + name + ".gguf.out"));
    assertThat(ids).hasSizeGreaterThan(40);
    try (LlamaTokenizer file = LlamaTokenizer.open(files.resolve("ggml-vocab-" + name + ".gguf"))) {
      String[] each = texts.split("\n__ggml_vocab_test__\n?", -1);
      for (int i = 0; i < ids.size(); i++) {
        String found =
            file.vocabulary().encode(each[i]).stream()
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" "));
        assertThat(found).as(each[i]).isEqualTo(ids.get(i).strip());
      }
    }
  }

  @Test
  void whatIsNoModelFileIsAUserError() throws Exception {
    Path text = Files.writeString(folder.resolve("a.gguf"), "no model");
    Path half = folder.resolve("half.gguf");
    Files.write(half, java.util.Arrays.copyOf(Files.readAllBytes(BuiltIn.FILE), 4000));
    for (Path bad : List.of(folder, text, half, folder.resolve("none"))) {
      assertThatThrownBy(() -> LlamaTokenizer.open(bad)).isInstanceOf(UserError.class);
    }
  }
}
