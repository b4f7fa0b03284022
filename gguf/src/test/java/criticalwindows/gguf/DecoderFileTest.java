package criticalwindows.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DecoderFileTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    SampleFolder.write(folder);
  }

  @Test
  void aFolderAndTheGgufMadeOfItHoldTheSame() {
    Path gguf = folder.resolve("a.gguf");
    LlamaExport.write(folder, gguf, ElementType.F32);
    try (DecoderFile from = DecoderFile.open(folder);
        DecoderFile to = DecoderFile.open(gguf)) {
      assertThat(to.config().shape()).isEqualTo(from.config().shape());
      assertThat(to.config().tied()).isFalse();
      assertThat(to.config().ropeBase()).isEqualTo(10_000);
      assertThat(to.config().epsilon()).isEqualTo((float) from.config().epsilon());
      assertThat(numbers(to)).usingRecursiveComparison().isEqualTo(numbers(from));
      assertThat(numbers(to)).hasSize(12);
    }
  }

  @Test
  void aModelInSeveralFilesIsRead() throws IOException {
    Map<String, float[]> whole;
    try (DecoderFile file = DecoderFile.open(folder)) {
      whole = numbers(file);
      List<Stored> stored =
          file.tensors().stream().map(tensor -> new Stored(tensor, ElementType.F32)).toList();
      SafetensorsWriter.write(folder.resolve("one.safetensors"), Map.of(), stored.subList(0, 5));
      SafetensorsWriter.write(folder.resolve("two.safetensors"), Map.of(), stored.subList(5, 12));
    }
    Files.delete(folder.resolve("model.safetensors"));
    String index =
        """
        {"weight_map": {"model.norm.weight": "two.safetensors", "a": "one.safetensors"}}
        """;
    Files.writeString(folder.resolve("model.safetensors.index.json"), index);
    try (DecoderFile file = DecoderFile.open(folder)) {
      assertThat(numbers(file)).usingRecursiveComparison().isEqualTo(whole);
    }
    Files.writeString(
        folder.resolve("model.safetensors.index.json"), index.replace("one", "../one"));
    assertThat(refused()).hasMessageEndingWith("names the file ../one.safetensors");
    Files.delete(folder.resolve("model.safetensors.index.json"));
    assertThat(refused()).hasMessage("there is no model.safetensors in " + folder);
    assertThat(refused().hint())
        .isEqualTo("name a folder with config.json and model.safetensors, or a .gguf file");
  }

  @ParameterizedTest
  @EnumSource(names = {"QWEN2", "QWEN3"})
  void theOtherArchitecturesHaveMoreWeightsAndNoTurnedRows(DecoderConfig.Architecture kind) {
    Path gguf = folder.resolve("a.gguf");
    qwen(gguf, kind, Map.of());
    try (DecoderFile file = DecoderFile.open(gguf)) {
      assertThat(file.config().architecture()).isEqualTo(kind);
      assertThat(file.config().tied()).isTrue();
      assertThat(file.config().weights())
          .extracting(DecoderConfig.Weight::order)
          .containsOnly(RowOrder.SAME);
      assertThat(numbers(file).keySet())
          .contains(
              "model.layers.0.self_attn."
                  + (kind == DecoderConfig.Architecture.QWEN2 ? "k_proj.bias" : "k_norm.weight"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "qwen3.rope.scaling.factor, says qwen3.rope.scaling.factor",
    "qwen3.attention.sliding_window, says qwen3.attention.sliding_window",
    "qwen3.rope.dimension_count, turns a part of each head",
    "qwen3.block_count, no tensor in"
  })
  void aGgufThatIsNotPlainIsRefused(String key, String complaint) {
    Path gguf = folder.resolve("a.gguf");
    qwen(gguf, DecoderConfig.Architecture.QWEN3, Map.of(key, GgufValue.unsigned(2)));
    UserError failure = catchThrowableOfType(UserError.class, () -> DecoderFile.open(gguf));
    assertThat(failure).hasMessageContaining(complaint);
    assertThat(failure.hint()).isNotBlank();
  }

  @Test
  void anotherArchitectureIsNamed() {
    Path gguf = folder.resolve("a.gguf");
    qwen(
        gguf,
        DecoderConfig.Architecture.QWEN3,
        Map.of("general.architecture", GgufValue.text("gemma3")));
    UserError failure = catchThrowableOfType(UserError.class, () -> DecoderFile.open(gguf));
    assertThat(failure).hasMessage(gguf + " is of the architecture gemma3");
    assertThat(failure.hint()).startsWith("take a plain Llama, Qwen 2 or Qwen 3:");
  }

  @Test
  void aTensorThatNobodyReadsIsNamed() {
    try (DecoderFile file = DecoderFile.open(folder)) {
      List<Stored> stored = new ArrayList<>();
      file.tensors().forEach(tensor -> stored.add(new Stored(tensor, ElementType.F32)));
      stored.add(
          new Stored(new Tensor("rope_freqs", List.of(2L), (row, into) -> {}), ElementType.F32));
      SafetensorsWriter.write(folder.resolve("more"), Map.of(), stored);
    }
    assertThat(move("more", "model.safetensors")).exists();
    assertThat(refused())
        .hasMessage(folder + " has tensors that a llama does not have: rope_freqs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      textBlock =
          """
          "llama" ! "qwen2" ! no tensor in
          "llama" ! "gemma" ! says model_type gemma
          "attention_bias": false ! "use_sliding_window": true ! has sliding windows
          "head_dim": 4 ! "head_dim": 6 ! has the shape [8, 8], not [12, 8]
          """)
  void aFolderThatIsNotPlainIsRefused(String text, String instead, String complaint)
      throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace(text, instead));
    assertThat(refused()).hasMessageContaining(complaint);
    assertThat(refused().hint()).isNotBlank();
  }

  private UserError refused() {
    return catchThrowableOfType(UserError.class, () -> DecoderFile.open(folder));
  }

  private Path move(String from, String to) {
    try {
      Files.delete(folder.resolve(to));
      return Files.move(folder.resolve(from), folder.resolve(to));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<String, float[]> numbers(DecoderFile file) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    file.tensors().forEach(tensor -> numbers.put(tensor.name(), tensor.toArray()));
    return numbers;
  }

  /// A file of one layer with counting numbers, tied.
  private static void qwen(
      Path gguf, DecoderConfig.Architecture kind, Map<String, GgufValue> more) {
    DecoderShape shape = new DecoderShape(8, 1, 2, 1, 6, 10, 12, 32);
    DecoderConfig config = new DecoderConfig(kind, shape, 1e-6, 10_000, true);
    Map<String, GgufValue> metadata = new LinkedHashMap<>();
    metadata.put("general.architecture", GgufValue.text(kind.toString()));
    shape
        .metadata(1e-6, 10_000)
        .forEach((key, value) -> metadata.put(key.replace("llama.", kind + "."), value));
    metadata.putAll(more);
    List<Stored> tensors =
        config.weights().stream()
            .map(w -> new Tensor(w.ggufName(), w.shape(), (row, into) -> into[0] = row))
            .map(tensor -> new Stored(tensor, ElementType.F32))
            .toList();
    GgufWriter.write(gguf, metadata, tensors);
  }
}
