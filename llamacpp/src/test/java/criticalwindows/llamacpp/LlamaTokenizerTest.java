package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import criticalwindows.model.Vocabulary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

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

  @Test
  void whatIsNoModelFileIsAMistake() throws Exception {
    Path text = Files.writeString(folder.resolve("a.gguf"), "no model");
    Path half = folder.resolve("half.gguf");
    Files.write(half, java.util.Arrays.copyOf(Files.readAllBytes(BuiltIn.FILE), 4000));
    for (Path bad : List.of(folder, text, half, folder.resolve("none"))) {
      assertThatThrownBy(() -> LlamaTokenizer.open(bad)).isInstanceOf(UserError.class);
    }
  }
}
