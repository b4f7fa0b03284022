package criticalwindows.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Vocabularies of public models, of every kind that there is.
class PublicVocabularyTest {
  @TempDir Path folder;

  /// *Source:* llama.cpp v0.5.0, `models/ggml-vocab-*.gguf.out`, which its makers checked against
  /// the models' own tokenizers.
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
  void everyTextBecomesItsIdsAndComesBack(String kind) throws IOException {
    PublicVocabulary vocabulary = new PublicVocabulary(kind);
    Files.writeString(folder.resolve("tokenizer.json"), vocabulary.json().toString());
    Tokenizer tokenizer = Tokenizer.read(folder);
    assertThat(vocabulary.samples()).hasSizeGreaterThan(40);
    for (PublicVocabulary.Sample sample : vocabulary.samples()) {
      int[] ids = tokenizer.encode(sample.text());
      assertThat(IntStream.of(ids).mapToObj(String::valueOf).collect(Collectors.joining(" ")))
          .as(sample.text())
          .isEqualTo(sample.ids());
      if (!vocabulary.changesTexts()) {
        assertThat(text(tokenizer, ids)).isIn(sample.text(), " " + sample.text());
      }
    }
    assertThat(tokenizer.controls()).isNotEmpty();
    for (String name : tokenizer.controls().keySet()) {
      assertThat(tokenizer.encode(name)).doesNotContain(tokenizer.id(name));
    }
  }

  private static String text(Tokenizer tokenizer, int[] ids) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int id : ids) {
      bytes.writeBytes(tokenizer.piece(id));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
