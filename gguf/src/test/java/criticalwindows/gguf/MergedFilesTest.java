package criticalwindows.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import criticalwindows.lora.Adapter;
import criticalwindows.lora.LoraConfig;
import criticalwindows.lora.Merging;
import criticalwindows.lora.Projection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models with an adapter added, or with other weights, as GGUF files and as folders.
class MergedFilesTest {
  private static final String QUERIES = "model.layers.0.self_attn.q_proj.weight";

  @TempDir private Path folder;

  /// Of rank 1: `2 · B · A` adds `2 (row + 1) · 0.25 · column` to the queries of layer 0.
  private static Adapter adapter(int rows, int columns) {
    Tensor a =
        new Tensor(
            "a",
            List.of(1L, (long) columns),
            (row, into) -> {
              for (int i = 0; i < into.length; i++) {
                into[i] = .25f * i;
              }
            });
    Tensor b = new Tensor("b", List.of((long) rows, 1L), (row, into) -> into[0] = row + 1);
    return new Adapter(
        new LoraConfig(1, 2, Set.of(Projection.Q)),
        List.of(new Adapter.Pair(0, Projection.Q, a, b)));
  }

  private Path sample() throws IOException {
    Path base = Files.createDirectory(folder.resolve("base"));
    SampleFolder.write(base);
    return base;
  }

  private Path sampleGguf() throws IOException {
    Path gguf = folder.resolve("base.gguf");
    LlamaExport.write(sample(), gguf, ElementType.F32);
    return gguf;
  }

  private static Map<String, float[]> numbers(Path model) {
    try (DecoderFile file = DecoderFile.open(model)) {
      return file.tensors().stream().collect(Collectors.toMap(Tensor::name, Tensor::toArray));
    }
  }

  /// The weights of the sample with the adapter, by hand.
  private static void assertMerged(Path model, Path base, int rows, int columns) {
    Map<String, float[]> merged = numbers(model);
    Map<String, float[]> before = numbers(base);
    float[] queries = before.getOrDefault(QUERIES, new float[0]).clone();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        queries[i * columns + j] += 2 * (i + 1) * .25f * j;
      }
    }
    before.put(QUERIES, queries);
    assertThat(merged.keySet()).isEqualTo(before.keySet());
    before.forEach((name, numbers) -> assertThat(merged.get(name)).as(name).isEqualTo(numbers));
  }

  @Test
  void fromEitherKindOfBaseToEitherKindOfResult() throws IOException {
    Path gguf = sampleGguf();
    Path base = folder.resolve("base");
    Adapter adapter = adapter(8, 8);
    Merging.toGguf(gguf, adapter, folder.resolve("1.gguf"), ElementType.F32);
    Merging.toGguf(base, adapter, folder.resolve("2.gguf"), ElementType.F32);
    Merging.toFolder(gguf, adapter, folder.resolve("3"), ElementType.F32);
    Merging.toFolder(base, adapter, folder.resolve("4"), ElementType.F32);
    for (String name : List.of("1.gguf", "2.gguf", "3", "4")) {
      assertMerged(folder.resolve(name), base, 8, 8);
    }
  }

  @Test
  void allThatAFileSaysStaysButTheTypeOfItsNumbers() throws IOException {
    Path gguf = sampleGguf();
    Path merged = folder.resolve("merged.gguf");
    Merging.toGguf(gguf, adapter(8, 8), merged, ElementType.F16);
    try (GgufReader before = GgufReader.open(gguf);
        GgufReader after = GgufReader.open(merged)) {
      assertThat(after.whole("general.file_type")).isEqualTo(1);
      Set<String> others =
          before.metadata().keySet().stream()
              .filter(key -> !key.equals("general.file_type"))
              .collect(Collectors.toSet());
      others.forEach(
          key -> assertThat(after.metadata().get(key)).isEqualTo(before.metadata().get(key)));
      assertThat(after.tensorNames()).isEqualTo(before.tensorNames());
      assertThat(after.raw("blk.0.attn_q.weight").code()).isEqualTo(ElementType.F16.code());
      assertThat(after.raw("output_norm.weight").code()).isEqualTo(ElementType.F32.code());
    }
  }

  @Test
  void otherWeightsTakeThePlacesOfTheBasesOwn() throws IOException {
    Path gguf = sampleGguf();
    Tensor queries =
        new Tensor(QUERIES, List.of(8L, 8L), (row, into) -> Arrays.fill(into, (float) row));
    Merging.toGguf(gguf, List.of(queries), folder.resolve("1.gguf"), ElementType.F32);
    Merging.toGguf(
        folder.resolve("base"), List.of(queries), folder.resolve("2.gguf"), ElementType.F32);
    Merging.toFolder(gguf, List.of(queries), folder.resolve("3"), ElementType.BF16);
    for (String name : List.of("1.gguf", "2.gguf", "3")) {
      assertThat(numbers(folder.resolve(name)).get(QUERIES)).as(name).isEqualTo(queries.toArray());
    }
    // llama.cpp's second row of a head of 4 is Hugging Face's third.
    try (GgufReader file = GgufReader.open(folder.resolve("1.gguf"))) {
      assertThat(file.tensor("blk.0.attn_q.weight").toArray()[8]).isEqualTo(2);
    }
    Tensor narrow = new Tensor(QUERIES, List.of(8L, 4L), (row, into) -> {});
    Tensor unknown = queries.named("model.layers.7.self_attn.q_proj.weight");
    for (Tensor wrong : List.of(narrow, unknown)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  Merging.toGguf(gguf, List.of(wrong), folder.resolve("no.gguf"), ElementType.F32))
          .withMessageEndingWith("is no weight of the base");
    }
  }

  @Test
  void aFolderHasTheTokenizerOfItsBase() throws IOException {
    Path gguf = sampleGguf();
    Path base = folder.resolve("base");
    Merging.toFolder(base, adapter(8, 8), folder.resolve("4"), ElementType.F16);
    for (String name : List.of("tokenizer.json", "generation_config.json")) {
      assertThat(folder.resolve("4").resolve(name)).hasSameTextualContentAs(base.resolve(name));
    }
    assertThat(Files.readString(folder.resolve("4/config.json")))
        .contains("\"torch_dtype\" : \"float16\"", "\"vocab_size\" : 12");
    Merging.toFolder(gguf, adapter(8, 8), folder.resolve("3"), ElementType.F32);
    assertThat(Files.readString(folder.resolve("3/config.json")))
        .contains(
            "\"architectures\" : [ \"LlamaForCausalLM\" ]",
            "\"rms_norm_eps\" : 1.0E-5",
            "\"rope_theta\" : 10000.0",
            "\"eos_token_id\" : [ 4, 1 ]",
            "\"bos_token_id\" : 0");
    assertThat(Files.readString(folder.resolve("3/tokenizer_config.json")))
        .contains("\"eos_token\" : \"<|eot_id|>\"", "\"chat_template\"");
    // Written as a file again, it says what the first one said.
    LlamaExport.write(folder.resolve("3"), folder.resolve("3.gguf"), ElementType.F32);
    try (GgufReader before = GgufReader.open(gguf);
        GgufReader after = GgufReader.open(folder.resolve("3.gguf"))) {
      before
          .metadata()
          .forEach(
              (key, value) -> {
                if (key.startsWith("tokenizer.")
                    || key.startsWith("llama.")
                    || key.startsWith("general.sampling.")) {
                  assertThat(after.metadata().get(key)).as(key).isEqualTo(value);
                }
              });
    }
  }

  @Test
  void aFolderOfAFileWithAnotherTokenizerSaysThatItHasNone() throws IOException {
    Path gguf = sampleGguf();
    Path other = folder.resolve("other.gguf");
    try (GgufReader file = GgufReader.open(gguf)) {
      Map<String, GgufValue> metadata = new LinkedHashMap<>(file.metadata());
      metadata.put("tokenizer.ggml.pre", GgufValue.text("falcon"));
      GgufWriter.write(
          other,
          metadata,
          file.tensorNames().stream()
              .map(name -> new Stored(file.tensor(name), ElementType.F32))
              .toList());
    }
    Merging.toFolder(other, adapter(8, 8), folder.resolve("5"), ElementType.F32);
    assertThat(folder.resolve("5/tokenizer.json")).doesNotExist();
    assertThat(Files.readString(folder.resolve("5/README.md")))
        .contains("copy `tokenizer.json` and `tokenizer_config.json`");
  }

  @Test
  void aFolderThatCannotBecomeAGgufFileIsKnownBeforehand() throws IOException {
    Path gguf = sampleGguf();
    Path base = folder.resolve("base");
    assertThat(Merging.ggufObstacle(gguf)).isEmpty();
    assertThat(Merging.ggufObstacle(base)).isEmpty();
    Path config = base.resolve("config.json");
    Files.writeString(config, SampleFolder.CONFIG.replace("\"llama\"", "\"qwen2\""));
    assertThat(Merging.ggufObstacle(base)).contains(base + " holds a qwen2");
    Files.writeString(config, SampleFolder.CONFIG);
    Files.delete(base.resolve("tokenizer.json"));
    assertThat(Merging.ggufObstacle(base)).contains("there is no tokenizer.json in " + base);
  }

  @Test
  void blocksHaveNoPlaceInSafetensors() throws IOException {
    UserError failure =
        catchThrowableOfType(
            UserError.class,
            () ->
                Merging.toFolder(
                    sampleGguf(), adapter(8, 8), folder.resolve("3"), ElementType.Q8_0));
    assertThat(failure).hasMessage("safetensors cannot hold Q8_0");
    assertThat(failure.hint()).isEqualTo("take F32, F16 or BF16");
  }
}
