package criticalwindows.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.error.UserError;
import criticalwindows.gguf.ElementType;
import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.GgufValue;
import criticalwindows.gguf.GgufWriter;
import criticalwindows.gguf.Safetensors;
import criticalwindows.gguf.SafetensorsWriter;
import criticalwindows.gguf.Stored;
import criticalwindows.gguf.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An adapter in its two homes: a PEFT folder and a GGUF file. Names and settings of the folder are
/// those that PEFT 0.20 writes, those of the file what llama.cpp v0.5.0 reads.
class AdapterHomesTest {
  private static final int RANK = 3;

  @TempDir private Path folder;

  /// Two layers, width 8, 2 heads of 4, feed-forward 6.
  private static BaseModel base(String architecture) {
    Map<String, List<Long>> shapes = new HashMap<>();
    for (int layer = 0; layer < 2; layer++) {
      for (Projection projection : Projection.values()) {
        shapes.put(projection.ggufName(layer), shape(projection));
      }
    }
    return new BaseModel("model.gguf", architecture, 2, 4, shapes);
  }

  private static List<Long> shape(Projection projection) {
    return switch (projection) {
      case Q, K, V, O -> List.of(8L, 8L);
      case GATE, UP -> List.of(6L, 8L);
      case DOWN -> List.of(8L, 6L);
    };
  }

  private static Adapter adapter(double alpha) {
    List<Adapter.Pair> pairs = new ArrayList<>();
    for (int layer = 0; layer < 2; layer++) {
      for (Projection projection : Projection.values()) {
        List<Long> shape = shape(projection);
        String name = layer + projection.hfName();
        pairs.add(
            new Adapter.Pair(
                layer,
                projection,
                random(name + "a", RANK, shape.getLast()),
                random(name + "b", shape.getFirst(), RANK)));
      }
    }
    return new Adapter(new LoraConfig(RANK, alpha, EnumSet.allOf(Projection.class)), pairs);
  }

  private static Tensor random(String name, long rows, long columns) {
    return new Tensor(
        name,
        List.of(rows, columns),
        (row, into) -> {
          SplittableRandom random = new SplittableRandom(name.hashCode() + row);
          for (int i = 0; i < into.length; i++) {
            into[i] = (float) random.nextDouble(-1, 1);
          }
        });
  }

  private static void assertSame(Adapter actual, Adapter expected) {
    assertThat(actual.config()).isEqualTo(expected.config());
    assertThat(actual.pairs()).hasSameSizeAs(expected.pairs());
    for (Adapter.Pair pair : expected.pairs()) {
      Adapter.Pair other =
          actual.pairs().stream()
              .filter(p -> p.layer() == pair.layer() && p.projection() == pair.projection())
              .findFirst()
              .orElseThrow();
      assertThat(other.a().toArray()).containsExactly(pair.a().toArray());
      assertThat(other.b().toArray()).containsExactly(pair.b().toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "qwen3"})
  void fromAFolderToAFileAndBackAllNumbersStay(String architecture) {
    Adapter adapter = adapter(6);
    PeftFolder.write(adapter, "some/base", folder.resolve("first"));
    try (AdapterFile peft = AdapterFile.open(folder.resolve("first"), base(architecture))) {
      assertSame(peft.adapter(), adapter);
      AdapterGguf.write(peft.adapter(), base(architecture), folder.resolve("a.gguf"));
    }
    try (AdapterFile gguf = AdapterFile.open(folder.resolve("a.gguf"), base(architecture))) {
      assertThat(gguf.home()).isEqualTo(Home.GGUF);
      assertSame(gguf.adapter(), adapter);
      PeftFolder.write(gguf.adapter(), "some/base", folder.resolve("second"));
    }
    try (AdapterFile again = AdapterFile.open(folder.resolve("second"), base(architecture))) {
      assertThat(again.home()).isEqualTo(Home.PEFT);
      assertSame(again.adapter(), adapter);
    }
  }

  @Test
  void aFolderHasTheNamesAndSettingsOfPeft() throws IOException {
    PeftFolder.write(adapter(6), "some/base", folder);
    try (Safetensors weights = Safetensors.open(folder.resolve("adapter_model.safetensors"))) {
      assertThat(weights.names())
          .hasSize(28)
          .contains(
              "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",
              "base_model.model.model.layers.1.mlp.down_proj.lora_B.weight");
      Tensor a = weights.tensor("base_model.model.model.layers.1.mlp.down_proj.lora_A.weight");
      assertThat(a.shape()).containsExactly(3L, 6L);
    }
    assertThat(Files.readString(folder.resolve("adapter_config.json")))
        .contains(
            "\"peft_type\" : \"LORA\"",
            "\"task_type\" : \"CAUSAL_LM\"",
            "\"r\" : 3",
            "\"lora_alpha\" : 6,",
            "\"bias\" : \"none\"",
            "\"fan_in_fan_out\" : false",
            "\"inference_mode\" : true",
            "\"modules_to_save\" : null",
            "\"rank_pattern\" : { }",
            "\"alpha_pattern\" : { }",
            "\"base_model_name_or_path\" : \"some/base\"",
            "\"target_modules\" : [ \"q_proj\", \"k_proj\"");
  }

  @Test
  void aFileHasTheNamesAndValuesOfLlamaCpp() {
    Path file = folder.resolve("a.gguf");
    AdapterGguf.write(adapter(6), base("qwen2"), file);
    try (GgufReader gguf = GgufReader.open(file)) {
      assertThat(gguf.text("general.type")).isEqualTo("adapter");
      assertThat(gguf.text("general.architecture")).isEqualTo("qwen2");
      assertThat(gguf.text("adapter.type")).isEqualTo("lora");
      assertThat(gguf.metadata().get("adapter.lora.alpha")).isEqualTo(GgufValue.real(6));
      assertThat(gguf.tensor("blk.1.ffn_gate.weight.lora_a").shape()).containsExactly(3L, 8L);
      assertThat(gguf.tensor("blk.1.ffn_gate.weight.lora_b").shape()).containsExactly(6L, 3L);
      assertThat(new TreeSet<>(gguf.tensorNames())).hasSize(28);
    }
  }

  /// Of a head of 4 rows 0, 1, 2, 3 llama.cpp has 0, 2, 1, 3.
  @Test
  void rowsOfQueriesAndKeysChangePlacesInFilesOfLlamasAlone() {
    float[] rows = adapter(6).pairs().getFirst().b().toArray();
    assertThat(ofFile("llama", "blk.0.attn_q.weight.lora_b", 1))
        .containsExactly(Arrays.copyOfRange(rows, 2 * RANK, 3 * RANK));
    assertThat(ofFile("qwen3", "blk.0.attn_q.weight.lora_b", 1))
        .containsExactly(Arrays.copyOfRange(rows, RANK, 2 * RANK));
    float[] values = adapter(6).pairs().get(2).b().toArray();
    assertThat(ofFile("llama", "blk.0.attn_v.weight.lora_b", 1))
        .containsExactly(Arrays.copyOfRange(values, RANK, 2 * RANK));
  }

  private float[] ofFile(String architecture, String name, int row) {
    Path file = folder.resolve(architecture + ".gguf");
    AdapterGguf.write(adapter(6), base(architecture), file);
    try (GgufReader gguf = GgufReader.open(file)) {
      float[] into = new float[RANK];
      gguf.tensor(name).rows().read(row, into);
      return into;
    }
  }

  @Test
  void scalingByTheRootOfTheRankIsUnderstood() throws IOException {
    PeftFolder.write(adapter(6), "some/base", folder);
    replace("\"use_rslora\" : false", "\"use_rslora\" : true");
    try (AdapterFile peft = AdapterFile.open(folder, base("llama"))) {
      assertThat(peft.adapter().config().scale()).isEqualTo(6 / Math.sqrt(RANK));
    }
  }

  @Test
  void aFileWithoutAlphaHasItsNumbersScaledAlready() {
    Path file = file("llama", Map.of("adapter.lora.alpha", GgufValue.real(0)), adapter(6));
    try (AdapterFile gguf = AdapterFile.open(file, base("llama"))) {
      assertThat(gguf.adapter().config().scale()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"use_dora\" : false|\"use_dora\" : true|use_dora true",
        "\"bias\" : \"none\"|\"bias\" : \"all\"|bias \"all\"",
        "\"modules_to_save\" : null|\"modules_to_save\" : [\"lm_head\"]|modules_to_save"
            + " [\"lm_head\"]",
        "\"rank_pattern\" : { }|\"rank_pattern\" : {\"q_proj\": 8}|rank_pattern {\"q_proj\":8}",
        "\"alpha_pattern\" : { }|\"alpha_pattern\" : {\"q_proj\": 8}|alpha_pattern {\"q_proj\":8}",
        "\"fan_in_fan_out\" : false|\"fan_in_fan_out\" : true|fan_in_fan_out true",
        "\"init_lora_weights\" : true|\"init_lora_weights\" : \"pissa\"|init_lora_weights"
            + " \"pissa\"",
        "\"LORA\"|\"IA3\"|peft_type \"IA3\""
      })
  void aFolderThatAsksForMoreIsRefusedByName(String is, String becomes, String named)
      throws IOException {
    PeftFolder.write(adapter(6), "some/base", folder);
    replace(is, becomes);
    UserError failure = opening(folder, "llama");
    assertThat(failure)
        .hasMessage(
            folder.resolve("adapter_config.json")
                + " says "
                + named
                + ", which is not applied here");
    assertThat(failure.hint()).startsWith("name an adapter of plain LoRA matrices");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"r\" : 3|\"r\" : 0|says r 0|at least 1",
        "\"r\" : 3|\"r\" : 4|has matrices of rank 3, and says r 4|use the files of one adapter",
        "\"lora_alpha\" : 6|\"lora_alpha\" : -1|says lora_alpha -1|above 0",
        "\"lora_alpha\" : 6|\"lora_alpha\" : null|says lora_alpha null|above 0",
        "\"r\" : 3|\"r\" 3|is no JSON|copy or download the folder again"
      })
  void settingsThatCannotBeAreRefused(String is, String becomes, String error, String hint)
      throws IOException {
    PeftFolder.write(adapter(6), "some/base", folder);
    replace(is, becomes);
    UserError failure = opening(folder, "llama");
    assertThat(failure).hasMessageContaining(error);
    assertThat(failure.hint()).contains(hint);
  }

  @Test
  void aFolderWithoutItsFilesIsRefused() throws IOException {
    UserError nothing = opening(folder, "llama");
    assertThat(nothing).hasMessage("there is no adapter_config.json in " + folder);
    assertThat(nothing.hint()).isEqualTo("name a GGUF adapter, or a folder as PEFT saves it");
    PeftFolder.write(adapter(6), "some/base", folder);
    Files.delete(folder.resolve("adapter_model.safetensors"));
    UserError weights = opening(folder, "llama");
    assertThat(weights).hasMessage("there is no adapter_model.safetensors in " + folder);
    assertThat(weights.hint()).contains("save_pretrained");
    Path none = folder.resolve("none");
    assertThat(opening(none, "llama")).hasMessage("there is no adapter " + none);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base_model.model.lm_head.lora_A.weight",
        "base_model.model.model.embed_tokens.lora_embedding_A",
        "base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector.weight",
        "base_model.model.model.layers.0.self_attn.q_proj.lora_B.bias"
      })
  void tensorsOfAFolderThatAreNotAppliedAreNamed(String name) throws IOException {
    PeftFolder.write(adapter(6), "some/base", folder);
    Path file = folder.resolve("adapter_model.safetensors");
    SafetensorsWriter.write(
        file, Map.of(), List.of(new Stored(random(name, 3, 8), ElementType.F32)));
    UserError failure = opening(folder, "llama");
    assertThat(failure).hasMessage(file + " changes " + name + ", which is not applied here");
    assertThat(failure.hint())
        .isEqualTo(
            "use an adapter that changes only matrices of layers: q_proj, k_proj, v_proj, o_proj,"
                + " gate_proj, up_proj, down_proj");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "output_norm.weight",
        "token_embd.weight.lora_a",
        "blk.0.attn_norm.weight",
        "blk.0.attn_qkv.weight.lora_a",
        "blk.0.attn_q.weight.lora_c"
      })
  void tensorsOfAFileThatAreNotAppliedAreNamed(String name) {
    Path file = folder.resolve("a.gguf");
    GgufWriter.write(
        file,
        metadata("llama", Map.of()),
        List.of(new Stored(random(name, 3, 8), ElementType.F32)));
    UserError failure = opening(file, "llama");
    assertThat(failure)
        .hasMessage("the adapter " + file + " changes " + name + ", which is not applied here");
    assertThat(failure.hint()).startsWith("use one that changes only matrices of layers: q_proj");
  }

  @Test
  void anAdapterForAnotherModelNamesBoth() {
    Path file = file("qwen2", Map.of(), adapter(6));
    UserError architecture = opening(file, "llama");
    assertThat(architecture)
        .hasMessage(
            "the adapter "
                + file
                + " is for another model than model.gguf: it is for qwen2, and the model is"
                + " llama");
    assertThat(architecture.hint())
        .isEqualTo(
            "use it with the model that it was trained on, or name an adapter that was trained on"
                + " model.gguf");
    Adapter.Pair wide =
        new Adapter.Pair(1, Projection.V, random("a", RANK, 16), random("b", 8, RANK));
    UserError shape = opening(file("llama", Map.of(), with(wide)), "llama");
    assertThat(shape)
        .hasMessageEndingWith(
            "for v_proj of layer 1 it has the shape [8, 16], and the model [8, 8]");
    Adapter.Pair deep =
        new Adapter.Pair(2, Projection.V, random("a", RANK, 8), random("b", 8, RANK));
    UserError layer = opening(file("llama", Map.of(), with(deep)), "llama");
    assertThat(layer)
        .hasMessageEndingWith("it changes v_proj of layer 2, and the model has 2 layers");
  }

  @Test
  void aPartOfAModelIsRefused() {
    Path part = folder.resolve("model-00001-of-00002.gguf");
    Map<String, GgufValue> metadata = new LinkedHashMap<>(metadata("llama", Map.of()));
    metadata.put("split.count", GgufValue.unsigned(2));
    GgufWriter.write(part, metadata, List.of());
    UserError failure = catchThrowableOfType(UserError.class, () -> BaseModel.open(part));
    assertThat(failure).hasMessage(part + " is one of 2 parts of a model");
    assertThat(failure.hint()).contains("llama-gguf-split --merge");
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    Tensor bad = new Tensor("b", List.of(8L, (long) RANK), (row, into) -> into[0] = Float.NaN);
    Path file =
        file("llama", Map.of(), with(new Adapter.Pair(0, Projection.V, random("a", RANK, 8), bad)));
    UserError failure = opening(file, "llama");
    assertThat(failure)
        .hasMessage("the adapter " + file + " holds NaN in blk.0.attn_v.weight.lora_b");
    assertThat(failure.hint()).startsWith("train it again with a smaller learning rate");
  }

  @Test
  void halvesAndSeveralRanksAreRefused() {
    Path file = folder.resolve("a.gguf");
    Stored half = new Stored(random("blk.0.attn_v.weight.lora_a", 3, 8), ElementType.F32);
    GgufWriter.write(file, metadata("llama", Map.of()), List.of(half));
    assertThat(opening(file, "llama"))
        .hasMessageEndingWith("of v_proj of layer 0 it has only one of the two matrices");
    Stored other = new Stored(random("blk.0.attn_v.weight.lora_b", 8, 4), ElementType.F32);
    GgufWriter.write(file, metadata("llama", Map.of()), List.of(half, other));
    assertThat(opening(file, "llama")).hasMessageContaining("has pairs of several ranks: 3, and");
    GgufWriter.write(file, metadata("llama", Map.of()), List.of(other));
    assertThat(opening(file, "llama")).hasMessageEndingWith("it has no pair of matrices");
  }

  @Test
  void filesThatSayWhatNoAdapterDoesAreRefused() {
    Map<Map<String, GgufValue>, String> cases = new LinkedHashMap<>();
    cases.put(Map.of("general.type", GgufValue.text("model")), "it calls itself a model");
    cases.put(Map.of("adapter.type", GgufValue.text("control")), "is control, not lora");
    cases.put(Map.of("adapter.lora.alpha", GgufValue.real(Double.NaN)), "says NaN for");
    cases.put(Map.of("adapter.lora.alpha", GgufValue.real(-2)), "says -2.0 for");
    cases.put(Map.of("adapter.lora.alpha", GgufValue.unsigned(8)), "for adapter.lora.alpha");
    cases.put(
        Map.of("adapter.alora.invocation_tokens", GgufValue.wholes(List.of(1))), "certain tokens");
    cases.forEach(
        (values, error) -> {
          UserError failure = opening(file("llama", values, adapter(6)), "llama");
          assertThat(failure).hasMessageContaining(error);
          assertThat(failure.hint()).isNotBlank();
        });
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    Path file = file("llama", Map.of(), adapter(6));
    byte[] whole = Files.readAllBytes(file);
    for (int bytes : new int[] {3, 30, 400, whole.length / 2, whole.length - 200}) {
      Path part = Files.write(folder.resolve("part.gguf"), Arrays.copyOf(whole, bytes));
      assertThat(opening(part, "llama").getMessage())
          .containsAnyOf("is truncated or damaged", "is no GGUF file");
    }
  }

  @Test
  void anArchitectureWhoseOrderIsNotKnownIsRefusedRatherThanGuessed() {
    PeftFolder.write(adapter(6), "some/base", folder);
    BaseModel unknown = base("newkind");
    try (AdapterFile peft = AdapterFile.open(folder, unknown)) {
      UserError failure =
          catchThrowableOfType(
              UserError.class,
              () -> AdapterGguf.write(peft.adapter(), unknown, folder.resolve("a.gguf")));
      assertThat(failure)
          .hasMessage("model.gguf is newkind, whose order of rows in GGUF files is not known here");
      assertThat(failure.hint()).contains("convert_lora_to_gguf.py");
    }
  }

  private static Adapter with(Adapter.Pair pair) {
    return new Adapter(new LoraConfig(RANK, 6, EnumSet.of(pair.projection())), List.of(pair));
  }

  private static Map<String, GgufValue> metadata(
      String architecture, Map<String, GgufValue> values) {
    Map<String, GgufValue> all = new LinkedHashMap<>();
    all.put("general.architecture", GgufValue.text(architecture));
    all.put("general.type", GgufValue.text("adapter"));
    all.put("adapter.type", GgufValue.text("lora"));
    all.put("adapter.lora.alpha", GgufValue.real(6));
    all.putAll(values);
    return all;
  }

  /// A file whose rows are as they are.
  private Path file(String architecture, Map<String, GgufValue> values, Adapter adapter) {
    Path file = folder.resolve("adapter.gguf");
    List<Stored> tensors = new ArrayList<>();
    for (Adapter.Pair pair : adapter.pairs()) {
      String name = pair.projection().ggufName(pair.layer()) + ".weight.lora_";
      tensors.add(new Stored(pair.a().named(name + "a"), ElementType.F32));
      tensors.add(new Stored(pair.b().named(name + "b"), ElementType.F32));
    }
    GgufWriter.write(file, metadata(architecture, values), tensors);
    return file;
  }

  private void replace(String is, String becomes) throws IOException {
    Path config = folder.resolve("adapter_config.json");
    String text = Files.readString(config);
    assertThat(text).contains(is);
    Files.writeString(config, text.replace(is, becomes));
  }

  private static UserError opening(Path path, String architecture) {
    return catchThrowableOfType(
        UserError.class, () -> AdapterFile.open(path, base(architecture)).close());
  }
}
