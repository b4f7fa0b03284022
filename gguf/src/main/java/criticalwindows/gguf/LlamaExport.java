package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns a Hugging Face Llama folder (`model.safetensors`, `config.json`, `tokenizer.json`,
/// `generation_config.json`) into one GGUF file: matrices in the type that is asked for, norms in
/// F32. Rows that are no whole blocks of that type are F16.
///
/// The rows of the query and key matrices change places on the way. Hugging Face turns element `i`
/// of a head together with element `i + size/2`; llama.cpp turns neighbours, so that row `i + j ·
/// size/2` becomes row `2i + j` (`j` is 0 or 1).
///
/// *Source:* `LlamaModel.permute` of llama.cpp v0.5.0, `conversion/llama.py`.
public final class LlamaExport {
  /// ggml's version of its blocks.
  private static final int BLOCKS_VERSION = 2;

  private final LlamaConfig config;
  private final ElementType type;
  private final Safetensors weights;
  private final List<Stored> tensors = new ArrayList<>();

  private LlamaExport(LlamaConfig config, ElementType type, Safetensors weights) {
    this.config = config;
    this.type = type;
    this.weights = weights;
  }

  /// What a file says of itself.
  ///
  /// @param name of the model, for people; empty: the folder's
  /// @param license as SPDX writes it, such as `apache-2.0`; empty: not said
  public record Label(String name, String license) {}

  /// Writes the model of a folder, under the folder's name.
  ///
  /// @param type of the matrices
  /// @throws UserError if a file of the folder is missing, damaged or of another kind
  public static void write(Path huggingFaceFolder, Path gguf, ElementType type) {
    write(huggingFaceFolder, gguf, type, new Label("", ""));
  }

  /// Writes the model of a folder.
  ///
  /// @param type of the matrices
  /// @throws UserError if a file of the folder is missing, damaged or of another kind
  public static void write(Path huggingFaceFolder, Path gguf, ElementType type, Label label) {
    LlamaConfig config = LlamaConfig.read(huggingFaceFolder);
    BytePairs vocabulary = BytePairs.read(huggingFaceFolder, config.shape().vocabulary());
    String name = label.name().isEmpty() ? name(huggingFaceFolder) : label.name();
    Map<String, GgufValue> metadata = general(new Label(name, label.license()), type);
    JsonFields generation = JsonFields.of(huggingFaceFolder, "generation_config.json");
    metadata.putAll(sampling(generation));
    metadata.putAll(config.shape().metadata(config.epsilon(), config.ropeBase()));
    metadata.putAll(vocabulary.metadata());
    metadata.putAll(Endings.metadata(generation, vocabulary));
    if (HeaderTemplate.fits(vocabulary.tokens())) {
      metadata.put("tokenizer.chat_template", GgufValue.text(HeaderTemplate.TEXT));
    }
    try (Safetensors weights = Safetensors.open(huggingFaceFolder.resolve("model.safetensors"))) {
      GgufWriter.write(gguf, metadata, new LlamaExport(config, type, weights).tensors());
    }
  }

  private static String name(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? "model" : name.toString();
  }

  static Map<String, GgufValue> general(Label label, ElementType type) {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    values.put("general.architecture", GgufValue.text("llama"));
    values.put("general.type", GgufValue.text("model"));
    values.put("general.name", GgufValue.text(label.name()));
    if (!label.license().isEmpty()) {
      values.put("general.license", GgufValue.text(label.license()));
    }
    values.put("general.file_type", GgufValue.unsigned(type.fileType()));
    if (type.block() > 1) {
      values.put("general.quantization_version", GgufValue.unsigned(BLOCKS_VERSION));
    }
    return values;
  }

  /// What the makers recommend for sampling.
  private static Map<String, GgufValue> sampling(JsonFields generation) {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    if (generation.field("temperature").isPresent()) {
      values.put("general.sampling.temp", GgufValue.real(generation.real("temperature")));
    }
    if (generation.field("top_p").isPresent()) {
      values.put("general.sampling.top_p", GgufValue.real(generation.real("top_p")));
    }
    if (generation.field("top_k").isPresent()) {
      values.put("general.sampling.top_k", GgufValue.whole(generation.whole("top_k")));
    }
    return values;
  }

  private List<Stored> tensors() {
    LlamaShape shape = config.shape();
    long hidden = shape.hidden();
    long queries = (long) shape.heads() * shape.headSize();
    long keys = (long) shape.keyHeads() * shape.headSize();
    long inner = shape.feedForward();
    matrix("model.embed_tokens", "token_embd", shape.vocabulary(), hidden);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String from = "model.layers." + layer + ".";
      String to = "blk." + layer + ".";
      norm(from + "input_layernorm", to + "attn_norm");
      turned(from + "self_attn.q_proj", to + "attn_q", shape.heads());
      turned(from + "self_attn.k_proj", to + "attn_k", shape.keyHeads());
      matrix(from + "self_attn.v_proj", to + "attn_v", keys, hidden);
      matrix(from + "self_attn.o_proj", to + "attn_output", hidden, queries);
      norm(from + "post_attention_layernorm", to + "ffn_norm");
      matrix(from + "mlp.gate_proj", to + "ffn_gate", inner, hidden);
      matrix(from + "mlp.up_proj", to + "ffn_up", inner, hidden);
      matrix(from + "mlp.down_proj", to + "ffn_down", hidden, inner);
    }
    norm("model.norm", "output_norm");
    if (!config.tied()) {
      matrix("lm_head", "output", shape.vocabulary(), hidden);
    }
    return tensors;
  }

  private void norm(String from, String to) {
    Tensor tensor = checked(from, List.of((long) config.shape().hidden()));
    tensors.add(new Stored(tensor.named(to + ".weight"), ElementType.F32));
  }

  private void matrix(String from, String to, long rows, long columns) {
    matrix(checked(from, List.of(rows, columns)).named(to + ".weight"));
  }

  /// A matrix whose rows turn with the position.
  private void turned(String from, String to, int heads) {
    int size = config.shape().headSize();
    long hidden = config.shape().hidden();
    Tensor tensor = checked(from, List.of((long) heads * size, hidden));
    Tensor.Rows rows = (row, into) -> tensor.rows().read(source(row, size), into);
    matrix(new Tensor(to + ".weight", tensor.shape(), rows));
  }

  private void matrix(Tensor tensor) {
    boolean whole = tensor.columns() % type.block() == 0;
    tensors.add(new Stored(tensor, whole ? type : ElementType.F16));
  }

  /// Where a row of llama.cpp's order lies in Hugging Face's.
  private static long source(long row, int headSize) {
    long head = row / headSize;
    long within = row % headSize;
    return head * headSize + within / 2 + within % 2 * (headSize / 2);
  }

  private Tensor checked(String name, List<Long> shape) {
    Tensor tensor = weights.tensor(name + ".weight");
    if (!tensor.shape().equals(shape)) {
      throw new UserError(
          "the tensor " + tensor.name() + " has the shape " + tensor.shape() + ", not " + shape,
          "use the model.safetensors and config.json of one model");
    }
    return tensor;
  }
}
