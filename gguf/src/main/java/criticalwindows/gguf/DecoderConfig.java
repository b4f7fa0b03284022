package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a decoder computes: a Llama, a Qwen 2 or a Qwen 3, in their plain form.
///
/// @param epsilon of the norms
/// @param ropeBase of the rotary positions
/// @param tied whether the embedding also serves as the output matrix
public record DecoderConfig(
    Architecture architecture, DecoderShape shape, double epsilon, double ropeBase, boolean tied) {
  static final String HINT =
      "take a plain Llama, Qwen 2 or Qwen 3: no other architecture, no biases but Qwen 2's, no"
          + " stretched positions, no sliding windows";

  /// Where llama.cpp's files do not say it.
  private static final double USUAL_BASE = 10_000;

  /// What a GGUF file may say of its architecture and be plain.
  private static final Set<String> KNOWN =
      Set.of(
          "context_length",
          "embedding_length",
          "block_count",
          "feed_forward_length",
          "vocab_size",
          "rope.dimension_count",
          "rope.freq_base",
          "attention.head_count",
          "attention.head_count_kv",
          "attention.key_length",
          "attention.value_length",
          "attention.layer_norm_rms_epsilon");

  /// Kinds of decoders.
  public enum Architecture {
    LLAMA,
    /// With biases on queries, keys and values.
    QWEN2,
    /// With a norm over each head of queries and of keys.
    QWEN3;

    private static Optional<Architecture> named(String name) {
      return List.of(values()).stream().filter(kind -> kind.toString().equals(name)).findFirst();
    }

    /// As files write it, such as `qwen2`.
    @Override
    public String toString() {
      return switch (this) {
        case LLAMA -> "llama";
        case QWEN2 -> "qwen2";
        case QWEN3 -> "qwen3";
      };
    }
  }

  /// Reads a folder's `config.json`.
  ///
  /// @throws UserError if it is missing, or the model is none of these
  public static DecoderConfig read(Path folder) {
    JsonFields config = JsonFields.of(folder, "config.json");
    Architecture architecture =
        Architecture.named(config.text("model_type")).orElseThrow(() -> says(config, "model_type"));
    if (!config.text("hidden_act").equals("silu")) {
      throw says(config, "hidden_act");
    }
    boolean biases = config.set("attention_bias") && architecture != Architecture.QWEN2;
    if (biases || config.set("mlp_bias")) {
      throw new UserError(config.where() + " names biases", HINT);
    }
    if (config.set("use_sliding_window")) {
      throw new UserError(config.where() + " has sliding windows (use_sliding_window)", HINT);
    }
    return new DecoderConfig(
        architecture,
        shape(config, architecture),
        config.real("rms_norm_eps"),
        ropeBase(config),
        config.set("tie_word_embeddings"));
  }

  private static UserError says(JsonFields config, String field) {
    return new UserError(config.where() + " says " + field + " " + config.text(field), HINT);
  }

  private static DecoderShape shape(JsonFields config, Architecture architecture) {
    int hidden = config.whole("hidden_size");
    int heads = config.whole("num_attention_heads");
    int keyHeads = config.whole("num_key_value_heads", heads);
    // What transformers takes where a Qwen 3 does not say it.
    int usual = architecture == Architecture.QWEN3 ? 128 : hidden / Math.max(1, heads);
    int headSize = config.whole("head_dim", usual);
    try {
      return new DecoderShape(
          hidden,
          config.whole("num_hidden_layers"),
          heads,
          keyHeads,
          headSize,
          config.whole("intermediate_size"),
          config.whole("vocab_size"),
          config.whole("max_position_embeddings"));
    } catch (IllegalArgumentException e) {
      throw new UserError(config.where() + " cannot be: " + e.getMessage(), HINT, e);
    }
  }

  /// Older files have the base at the top, newer ones inside `rope_parameters`.
  private static double ropeBase(JsonFields config) {
    if (config.field("rope_scaling").isPresent()) {
      throw new UserError(config.where() + " stretches positions (rope_scaling)", HINT);
    }
    if (config.field("rope_parameters").isEmpty()) {
      return config.real("rope_theta");
    }
    JsonFields rope = config.inner("rope_parameters");
    if (!rope.text("rope_type").equals("default")) {
      throw says(rope, "rope_type");
    }
    return rope.real("rope_theta");
  }

  /// Reads a GGUF file's header.
  ///
  /// @throws UserError if the model is none of these
  public static DecoderConfig read(GgufReader file) {
    String name = file.text("general.architecture");
    Architecture architecture =
        Architecture.named(name)
            .orElseThrow(
                () -> new UserError(file.path() + " is of the architecture " + name, HINT));
    for (Map.Entry<String, GgufValue> entry : file.metadata().entrySet()) {
      boolean own = entry.getKey().startsWith(name + ".");
      if (own && !plain(entry.getKey().substring(name.length() + 1), entry.getValue())) {
        throw new UserError(file.path() + " says " + entry.getKey(), HINT);
      }
    }
    String base = name + ".rope.freq_base";
    return new DecoderConfig(
        architecture,
        shape(file, name),
        file.real(name + ".attention.layer_norm_rms_epsilon"),
        file.metadata().containsKey(base) ? file.real(base) : USUAL_BASE,
        !file.tensorNames().contains("output.weight"));
  }

  /// Whether a number that a GGUF file gives of its architecture is one of a plain decoder. A file
  /// that gives others wants something that is not computed here.
  ///
  /// @param key without the architecture's name in front, such as `block_count`
  public static boolean isPlain(String key) {
    return KNOWN.contains(key);
  }

  private static boolean plain(String key, GgufValue value) {
    return switch (value) {
      case GgufValue.Whole _, GgufValue.Real _ -> isPlain(key);
      case GgufValue.Text(String text) -> key.equals("rope.scaling.type") && text.equals("none");
      case GgufValue.Flag _, GgufValue.Items _ -> false;
    };
  }

  private static DecoderShape shape(GgufReader file, String name) {
    int hidden = whole(file, name + ".embedding_length");
    int heads = whole(file, name + ".attention.head_count");
    int headSize = whole(file, name + ".attention.key_length", hidden / Math.max(1, heads));
    if (whole(file, name + ".attention.value_length", headSize) != headSize
        || whole(file, name + ".rope.dimension_count", headSize) != headSize) {
      throw new UserError(file.path() + " turns a part of each head, or has other values", HINT);
    }
    try {
      return new DecoderShape(
          hidden,
          whole(file, name + ".block_count"),
          heads,
          whole(file, name + ".attention.head_count_kv", heads),
          headSize,
          whole(file, name + ".feed_forward_length"),
          Math.toIntExact(file.raw("token_embd.weight").shape().getFirst()),
          whole(file, name + ".context_length"));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UserError(file.path() + " cannot be: " + e.getMessage(), HINT, e);
    }
  }

  private static int whole(GgufReader file, String key) {
    return Math.toIntExact(file.whole(key));
  }

  private static int whole(GgufReader file, String key, int otherwise) {
    return file.metadata().containsKey(key) ? whole(file, key) : otherwise;
  }

  /// All its weights, in the order in which they are computed with.
  public List<Weight> weights() {
    List<Weight> weights = new ArrayList<>();
    weights.add(matrix("model.embed_tokens", "token_embd", shape.vocabulary(), shape.hidden()));
    for (int layer = 0; layer < shape.layers(); layer++) {
      layer("model.layers." + layer + ".", "blk." + layer + ".", weights);
    }
    weights.add(vector("model.norm.weight", "output_norm.weight", shape.hidden()));
    if (!tied) {
      weights.add(matrix("lm_head", "output", shape.vocabulary(), shape.hidden()));
    }
    return weights;
  }

  private void layer(String from, String to, List<Weight> weights) {
    int hidden = shape.hidden();
    weights.add(vector(from + "input_layernorm.weight", to + "attn_norm.weight", hidden));
    weights.add(turned(from + "self_attn.q_proj", to + "attn_q", shape.queries()));
    weights.add(turned(from + "self_attn.k_proj", to + "attn_k", shape.keys()));
    weights.add(matrix(from + "self_attn.v_proj", to + "attn_v", shape.keys(), hidden));
    switch (architecture) {
      case LLAMA -> {}
      case QWEN2 -> {
        weights.add(vector(from + "self_attn.q_proj.bias", to + "attn_q.bias", shape.queries()));
        weights.add(vector(from + "self_attn.k_proj.bias", to + "attn_k.bias", shape.keys()));
        weights.add(vector(from + "self_attn.v_proj.bias", to + "attn_v.bias", shape.keys()));
      }
      case QWEN3 -> {
        int head = shape.headSize();
        weights.add(vector(from + "self_attn.q_norm.weight", to + "attn_q_norm.weight", head));
        weights.add(vector(from + "self_attn.k_norm.weight", to + "attn_k_norm.weight", head));
      }
    }
    int inner = shape.feedForward();
    weights.add(matrix(from + "self_attn.o_proj", to + "attn_output", hidden, shape.queries()));
    weights.add(vector(from + "post_attention_layernorm.weight", to + "ffn_norm.weight", hidden));
    weights.add(matrix(from + "mlp.gate_proj", to + "ffn_gate", inner, hidden));
    weights.add(matrix(from + "mlp.up_proj", to + "ffn_up", inner, hidden));
    weights.add(matrix(from + "mlp.down_proj", to + "ffn_down", hidden, inner));
  }

  private static Weight vector(String hf, String gguf, long length) {
    return new Weight(hf, gguf, List.of(length), RowOrder.SAME);
  }

  private static Weight matrix(String hf, String gguf, long rows, long columns) {
    return new Weight(hf + ".weight", gguf + ".weight", List.of(rows, columns), RowOrder.SAME);
  }

  private Weight turned(String hf, String gguf, long rows) {
    RowOrder order = architecture == Architecture.LLAMA ? RowOrder.TURNED : RowOrder.SAME;
    return new Weight(
        hf + ".weight", gguf + ".weight", List.of(rows, (long) shape.hidden()), order);
  }

  /// One of its weights.
  ///
  /// @param hfName in Hugging Face's files
  /// @param ggufName in GGUF files
  /// @param shape outermost dimension first
  /// @param order of the rows of GGUF files
  public record Weight(String hfName, String ggufName, List<Long> shape, RowOrder order) {
    public Weight {
      shape = List.copyOf(shape);
    }
  }
}
