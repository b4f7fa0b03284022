package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.nio.file.Path;

/// What a Hugging Face `config.json` says of a Llama.
///
/// @param epsilon of the norms
/// @param ropeBase of the rotary positions
/// @param tied whether the embedding also serves as the output matrix
record LlamaConfig(LlamaShape shape, double epsilon, double ropeBase, boolean tied) {
  private static final String HINT =
      "export plain Llama models only: no other architecture, no biases, no stretched positions";

  static LlamaConfig read(Path folder) {
    JsonFields config = JsonFields.of(folder, "config.json");
    check(config, "model_type", "llama");
    check(config, "hidden_act", "silu");
    if (config.set("attention_bias") || config.set("mlp_bias")) {
      throw new UserError(config.where() + " names biases", HINT);
    }
    return new LlamaConfig(
        shape(config),
        config.real("rms_norm_eps"),
        ropeBase(config),
        config.set("tie_word_embeddings"));
  }

  private static void check(JsonFields config, String field, String wanted) {
    String value = config.text(field);
    if (!value.equals(wanted)) {
      throw new UserError(config.where() + " says " + field + " " + value, HINT);
    }
  }

  private static LlamaShape shape(JsonFields config) {
    int hidden = config.whole("hidden_size");
    int heads = config.whole("num_attention_heads");
    int keyHeads = config.whole("num_key_value_heads", heads);
    int headSize = config.whole("head_dim", hidden / Math.max(1, heads));
    try {
      return new LlamaShape(
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
    check(rope, "rope_type", "default");
    return rope.real("rope_theta");
  }
}
