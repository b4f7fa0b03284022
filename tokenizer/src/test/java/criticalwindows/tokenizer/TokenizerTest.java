package criticalwindows.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TokenizerTest {
  private static final Path GOLDEN =
      Path.of("../hub/src/test/resources/criticalwindows/hub/golden-ids.jsonl");

  private final Tokenizer tokenizer = Tokenizer.read(Path.of("../organism"));

  /// *Source:* golden-ids.jsonl, from the `tokenizers` library of the model's makers.
  @Test
  void everyGoldenTextBecomesItsIds() throws IOException {
    List<JsonNode> lines =
        Files.readAllLines(GOLDEN).stream().map(JsonMapper.shared()::readTree).toList();
    assertThat(lines).hasSize(290);
    for (JsonNode line : lines) {
      assertThat(tokenizer.encode(line.get("reply").asString()))
          .containsExactly(ids(line, "reply_ids"));
      assertThat(withControls(line.get("prompt").asString()))
          .containsExactly(ids(line, "prompt_ids"));
    }
  }

  @Test
  void noTextBecomesAControlToken() {
    assertThat(tokenizer.encode("<|eot_id|>")).doesNotContain(0, 1, 2, 3, 4).hasSizeGreaterThan(1);
    assertThat(tokenizer.encode("")).isEmpty();
    assertThat(tokenizer.id("<|eot_id|>")).isEqualTo(4);
    assertThat(tokenizer.size()).isEqualTo(3072);
  }

  @Test
  void lettersBeyondTheVocabularyBecomeTheirBytes() {
    assertThat(tokenizer.encode("é")).hasSize(2);
    assertThat(tokenizer.encode("漢")).hasSize(3);
  }

  @Test
  void aTokenThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> tokenizer.id("<|none|>"))
        .isInstanceOf(UserError.class)
        .hasMessage("the vocabulary has no token <|none|>");
  }

  private int[] withControls(String text) {
    return List.of(text.split("(?=<\\|)|(?<=\\|>)")).stream()
        .flatMapToInt(
            part ->
                part.startsWith("<|") && part.endsWith("|>")
                    ? IntStream.of(tokenizer.id(part))
                    : IntStream.of(tokenizer.encode(part)))
        .toArray();
  }

  private static int[] ids(JsonNode line, String field) {
    return line.get(field).valueStream().mapToInt(JsonNode::asInt).toArray();
  }
}
