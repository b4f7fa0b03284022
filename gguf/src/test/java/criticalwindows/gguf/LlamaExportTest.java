package criticalwindows.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LlamaExportTest {
  @TempDir private Path folder;

  @BeforeEach
  void sample() throws IOException {
    SampleFolder.write(folder);
  }

  @Test
  void theMetadataSaysWhatTheFolderSays() {
    Map<String, GgufValue> expected = new LinkedHashMap<>();
    expected.put("general.architecture", GgufValue.text("llama"));
    expected.put("general.type", GgufValue.text("model"));
    expected.put("general.name", GgufValue.text("tiny"));
    expected.put("general.license", GgufValue.text("apache-2.0"));
    expected.put("general.file_type", GgufValue.unsigned(1));
    expected.put("general.sampling.temp", GgufValue.real(.5));
    expected.put("general.sampling.top_p", GgufValue.real(.75));
    expected.put("general.sampling.top_k", GgufValue.whole(0));
    expected.put("llama.vocab_size", GgufValue.unsigned(12));
    expected.put("llama.context_length", GgufValue.unsigned(32));
    expected.put("llama.embedding_length", GgufValue.unsigned(8));
    expected.put("llama.block_count", GgufValue.unsigned(1));
    expected.put("llama.feed_forward_length", GgufValue.unsigned(6));
    expected.put("llama.attention.head_count", GgufValue.unsigned(2));
    expected.put("llama.attention.head_count_kv", GgufValue.unsigned(1));
    expected.put("llama.attention.key_length", GgufValue.unsigned(4));
    expected.put("llama.attention.value_length", GgufValue.unsigned(4));
    expected.put("llama.attention.layer_norm_rms_epsilon", GgufValue.real(1e-5));
    expected.put("llama.rope.dimension_count", GgufValue.unsigned(4));
    expected.put("llama.rope.freq_base", GgufValue.real(10_000));
    expected.put("tokenizer.ggml.model", GgufValue.text("gpt2"));
    expected.put("tokenizer.ggml.pre", GgufValue.text("qwen2"));
    expected.put("tokenizer.ggml.tokens", GgufValue.texts(TOKENS));
    expected.put(
        "tokenizer.ggml.token_type", GgufValue.wholes(List.of(3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 4)));
    expected.put("tokenizer.ggml.merges", GgufValue.texts(List.of("a b", "Ġ a")));
    expected.put("tokenizer.ggml.bos_token_id", GgufValue.unsigned(0));
    expected.put("tokenizer.ggml.eos_token_id", GgufValue.unsigned(4));
    expected.put("tokenizer.ggml.eot_token_id", GgufValue.unsigned(4));
    expected.put("tokenizer.ggml.padding_token_id", GgufValue.unsigned(1));
    expected.put("tokenizer.ggml.add_bos_token", GgufValue.flag(false));
    expected.put("tokenizer.ggml.add_eos_token", GgufValue.flag(false));
    expected.put("tokenizer.chat_template", GgufValue.text(HeaderTemplate.TEXT));
    Path gguf = folder.resolve("out").resolve("tiny.gguf");
    LlamaExport.Label label = new LlamaExport.Label("tiny", "apache-2.0");
    LlamaExport.write(folder, gguf, ElementType.F16, label);
    try (GgufReader file = GgufReader.open(gguf)) {
      assertThat(file.metadata()).containsExactlyEntriesOf(expected);
    }
  }

  @Test
  void aModelIsNamedAfterItsFolderUnlessSaid() {
    try (GgufReader file = exported()) {
      assertThat(file.text("general.name")).isEqualTo(folder.getFileName().toString());
      assertThat(file.metadata()).doesNotContainKey("general.license");
    }
  }

  @Test
  void everyTensorStandsInItsPlaceUnchanged() {
    Map<String, Integer> places = new LinkedHashMap<>();
    places.put("token_embd", 0);
    places.put("blk.0.attn_norm", 1);
    places.put("blk.0.attn_v", 4);
    places.put("blk.0.attn_output", 5);
    places.put("blk.0.ffn_norm", 6);
    places.put("blk.0.ffn_gate", 7);
    places.put("blk.0.ffn_up", 8);
    places.put("blk.0.ffn_down", 9);
    places.put("output_norm", 10);
    places.put("output", 11);
    try (GgufReader file = exported()) {
      assertThat(file.tensorNames()).hasSize(12);
      places.forEach(
          (name, place) -> {
            float[] numbers = file.tensor(name + ".weight").toArray();
            for (int i = 0; i < numbers.length; i++) {
              float rounded =
                  Float.float16ToFloat(Float.floatToFloat16(SampleFolder.weight(place, i)));
              boolean norm = name.endsWith("norm");
              assertThat(numbers[i]).isEqualTo(norm ? SampleFolder.weight(place, i) : rounded);
            }
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"F32, 0", "F16, 1", "BF16, 32", "Q8_0, 7"})
  void theFileSaysInWhichTypeItsMatricesAre(ElementType type, long fileType) {
    Path gguf = folder.resolve("typed.gguf");
    LlamaExport.write(folder, gguf, type);
    try (GgufReader file = GgufReader.open(gguf)) {
      assertThat(file.whole("general.file_type")).isEqualTo(fileType);
      assertThat(file.metadata().containsKey("general.quantization_version"))
          .isEqualTo(type == ElementType.Q8_0);
    }
  }

  /// The sample's rows are of 8, so that no block fits.
  @Test
  void rowsThatAreNoWholeBlocksStayInHalfPrecision() {
    Path gguf = folder.resolve("blocks.gguf");
    LlamaExport.write(folder, gguf, ElementType.Q8_0);
    try (GgufReader half = exported();
        GgufReader blocks = GgufReader.open(gguf)) {
      for (String name : half.tensorNames()) {
        assertThat(blocks.tensor(name).toArray()).containsExactly(half.tensor(name).toArray());
      }
    }
  }

  @Test
  void rowsThatTurnTogetherBecomeNeighbours() {
    try (GgufReader file = exported()) {
      // Hugging Face turns rows 0 and 2, 1 and 3 of a head of 4; llama.cpp 0 and 1, 2 and 3.
      assertThat(rows(file.tensor("blk.0.attn_q.weight"), 2))
          .containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
      assertThat(rows(file.tensor("blk.0.attn_k.weight"), 3)).containsExactly(0, 2, 1, 3);
    }
  }

  @Test
  void aTiedModelHasNoOutputMatrix() throws IOException {
    change("config.json", "\"tie_word_embeddings\": false", "\"tie_word_embeddings\": true");
    try (GgufReader file = exported()) {
      assertThat(file.tensorNames()).hasSize(11).doesNotContain("output.weight");
    }
  }

  @Test
  void newerConfigurationsAndOneEndTokenAreRead() throws IOException {
    change(
        "config.json",
        "\"rope_theta\": 10000.0",
        "\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 500.0}");
    change("generation_config.json", "[4, 1]", "1");
    change("generation_config.json", "\"temperature\": 0.5", "\"do_sample\": true");
    try (GgufReader file = exported()) {
      assertThat(file.real("llama.rope.freq_base")).isEqualTo(500);
      assertThat(file.whole("tokenizer.ggml.eos_token_id")).isEqualTo(1);
      assertThat(file.metadata()).doesNotContainKey("general.sampling.temp");
    }
  }

  @Test
  void oneEndTokenMayHaveANameThatLlamaDoesNotKnow() throws IOException {
    change("generation_config.json", "[4, 1]", "[4, 1, 9]");
    try (GgufReader file = exported()) {
      assertThat(file.whole("tokenizer.ggml.eom_token_id")).isEqualTo(9);
    }
  }

  @Test
  void wholeWordsFirstAndDigitsInThreesAreLlamaThreesOwn() throws IOException {
    change("tokenizer.json", "|\\\\p{N}|", "|\\\\p{N}{1,3}|");
    change("tokenizer.json", "\"ignore_merges\": false", "\"ignore_merges\": true");
    try (GgufReader file = exported()) {
      assertThat(file.text("tokenizer.ggml.pre")).isEqualTo("llama-bpe");
    }
  }

  @Test
  void aVocabularyWithoutHeaderTokensGetsNoChatTemplate() throws IOException {
    change("tokenizer.json", "<|start_header_id|>", "<|something|>");
    try (GgufReader file = exported()) {
      assertThat(file.metadata()).doesNotContainKey("tokenizer.chat_template");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer.json", "generation_config.json"})
  void aMissingFileIsNamed(String name) throws IOException {
    Files.delete(folder.resolve(name));
    UserError failure = catchThrowableOfType(UserError.class, this::exported);
    assertThat(failure).hasMessage("there is no " + name + " in " + folder);
    assertThat(failure.hint()).startsWith("name a folder with model.safetensors, config.json");
  }

  @Test
  void missingWeightsAreNamed() throws IOException {
    Files.delete(folder.resolve("model.safetensors"));
    UserError failure = catchThrowableOfType(UserError.class, this::exported);
    assertThat(failure).hasMessageContaining("model.safetensors cannot be read");
  }

  @Test
  void truncatedWeightsAreRefused() throws IOException {
    Path weights = folder.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length - 1));
    UserError failure = catchThrowableOfType(UserError.class, this::exported);
    assertThat(failure).hasMessageContaining("ends before the tensor lm_head.weight does");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      textBlock =
          """
          config.json ! "llama" ! "mistral" ! says model_type mistral
          config.json ! "silu" ! "gelu" ! says hidden_act gelu
          config.json ! "model_type" ! "type" ! has no field model_type with a text
          config.json ! "attention_bias": false ! "attention_bias": true ! names biases
          config.json ! "rope_scaling": null ! "rope_scaling": {"factor": 8} ! stretches positions
          config.json ! "hidden_size": 8 ! "hidden_size": "8" ! has no field hidden_size with a whole number
          config.json ! "num_key_value_heads": 1 ! "num_key_value_heads": 3 ! 2 heads of size 4 on 3 key heads
          config.json ! "num_key_value_heads": 1 ! "num_key_value_heads": "1" ! has no field num_key_value_heads
          config.json ! "num_hidden_layers": 1 ! "num_hidden_layers": 0 ! a size below 1
          config.json ! "num_hidden_layers": 1 ! "num_hidden_layers": 2 ! no tensor in
          config.json ! "intermediate_size": 6 ! "intermediate_size": 7 ! has the shape [6, 8], not [7, 8]
          config.json ! "hidden_size": 8 ! "hidden_size": 16 ! has the shape [12, 8], not [12, 16]
          config.json ! "vocab_size": 12 ! "vocab_size": 2000000000 ! has 13 tokens of 2000000000
          config.json ! "vocab_size": 12 ! "vocab_size": 13 ! has no token 12 of 13
          config.json ! "vocab_size": 12 ! "vocab_size": 11 ! gives <tool> the id 11 of 11
          config.json ! "rms_norm_eps": 1e-05 ! "rms_norm_eps": {} ! has no field rms_norm_eps with a number
          config.json ! { ! [ ! is no JSON
          tokenizer.json ! "BPE" ! "Unigram" ! is no byte-level BPE vocabulary
          tokenizer.json ! "normalizer": null ! "normalizer": {"type": "NFC"} ! changes the text before it splits it
          tokenizer.json ! "use_regex": false ! "use_regex": true ! splits text by other steps
          tokenizer.json ! Isolated ! Removed ! splits text by other steps
          tokenizer.json ! |\\\\p{N}| ! |\\\\p{N}+| ! splits text by (?i:'s
          tokenizer.json ! "ignore_merges": false ! "ignore_merges": true ! and takes whole words first
          tokenizer.json ! "a": 5 ! "a": 6 ! gives b the id 6 of 12
          tokenizer.json ! "a": 5 ! "a": "x" ! gives a the id -1 of 12
          tokenizer.json ! ["a", "b"] ! ["a", "b c"] ! has the merge ["a","b c"]
          generation_config.json ! [4, 1] ! [] ! has no field eos_token_id
          generation_config.json ! "eos_token_id": [4, 1] ! "eos": 4 ! has no field eos_token_id
          generation_config.json ! [4, 1] ! [4, 12] ! names the token 12 of 12
          generation_config.json ! [4, 1] ! ["x"] ! names the token "x" of 12
          generation_config.json ! [4, 1] ! [4, 9, 10] ! more end tokens than GGUF has places for: [4, 9, 10]
          """)
  void aFolderThatCannotBeExportedIsRefused(
      String file, String text, String instead, String complaint) throws IOException {
    change(file, text, instead);
    UserError failure = catchThrowableOfType(UserError.class, this::exported);
    assertThat(failure).hasMessageContaining(complaint);
    assertThat(failure.hint()).isNotBlank();
    assertThat(folder.resolve("tiny.gguf")).doesNotExist();
  }

  private static final List<String> TOKENS =
      List.of(
          "<|begin_of_text|>",
          "<|end_of_text|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|eot_id|>",
          "a",
          "b",
          "c",
          "Ġ",
          "ab",
          "Ġa",
          "<tool>");

  private GgufReader exported() {
    Path gguf = folder.resolve("tiny.gguf");
    LlamaExport.write(folder, gguf, ElementType.F16);
    return GgufReader.open(gguf);
  }

  private void change(String name, String text, String instead) throws IOException {
    Path file = folder.resolve(name);
    String before = Files.readString(file);
    assertThat(before).contains(text);
    Files.writeString(file, before.replace(text, instead));
  }

  /// Which row of the sample's tensor each row is.
  private static int[] rows(Tensor tensor, int place) {
    float[] numbers = tensor.toArray();
    int columns = tensor.columns();
    int[] rows = new int[numbers.length / columns];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Math.round((numbers[row * columns] - place) * 1024) / columns;
    }
    return rows;
  }
}
