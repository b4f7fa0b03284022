package criticalwindows.gguf;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Folders as Hugging Face's tools and vLLM take models: `model.safetensors`, `config.json` and
/// what belongs to them.
public final class ModelFolder {
  private static final String CONFIG = "config.json";
  private static final String GENERATION = "generation_config.json";

  /// What is copied where the base is such a folder.
  private static final List<String> COPIED =
      List.of(
          GENERATION,
          "tokenizer.json",
          "tokenizer_config.json",
          "tokenizer.model",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "chat_template.jinja");

  private static final String WITH_TOKENIZER =
      "The weights and the tokenizer were made from a GGUF file.\n";

  private static final String WITHOUT_TOKENIZER =
      "The weights were made from a GGUF file, whose tokenizer is of a kind that was not turned"
          + " into Hugging Face's files: copy `tokenizer.json` and `tokenizer_config.json` from the"
          + " model's own folder.\n";

  private ModelFolder() {}

  /// Writes a model.
  ///
  /// @param base the GGUF file or the folder whose configuration and tokenizer it has
  /// @param weights all of them, by their Hugging Face names
  /// @param type of the matrices: F32, F16 or BF16; vectors have the same
  /// @throws UserError if the folder cannot be written, the type is none of these, or the base says
  ///   what a `config.json` of a plain decoder cannot
  public static void write(Path base, List<Tensor> weights, Path folder, ElementType type) {
    if (type.block() > 1) {
      throw new UserError("safetensors cannot hold " + type, "take F32, F16 or BF16");
    }
    try {
      Files.createDirectories(folder);
      if (Files.isDirectory(base)) {
        copy(base, folder, type);
      } else {
        describe(base, folder, type);
      }
    } catch (IOException e) {
      throw new UserError(
          folder + " cannot be written: " + Reason.of(e),
          "name a folder that you may write to, on a disk with free space",
          e);
    }
    List<Stored> stored = weights.stream().map(tensor -> new Stored(tensor, type)).toList();
    SafetensorsWriter.write(folder.resolve("model.safetensors"), Map.of("format", "pt"), stored);
  }

  private static void copy(Path base, Path folder, ElementType type) throws IOException {
    for (String name : COPIED) {
      if (Files.exists(base.resolve(name))) {
        Files.copy(base.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    ObjectNode config = (ObjectNode) JsonFields.of(base, CONFIG).node();
    String key = config.has("dtype") ? "dtype" : "torch_dtype";
    write(folder.resolve(CONFIG), config.put(key, word(type)));
  }

  private static void describe(Path base, Path folder, ElementType type) throws IOException {
    try (GgufReader file = GgufReader.open(base)) {
      Set<Long> ends = ends(file);
      ObjectNode config = config(DecoderConfig.read(file), type);
      put(config, ends, file);
      write(folder.resolve(CONFIG), config);
      ObjectNode generation = JsonMapper.shared().createObjectNode();
      put(generation, ends, file);
      sampling(generation, file);
      write(folder.resolve(GENERATION), generation);
      Map<String, String> tokenizer = TokenizerFiles.of(file);
      for (Map.Entry<String, String> text : tokenizer.entrySet()) {
        Files.writeString(folder.resolve(text.getKey()), text.getValue());
      }
      Files.writeString(
          folder.resolve("README.md"), tokenizer.isEmpty() ? WITHOUT_TOKENIZER : WITH_TOKENIZER);
    }
  }

  private static ObjectNode config(DecoderConfig config, ElementType type) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    DecoderShape shape = config.shape();
    node.putArray("architectures")
        .add(
            switch (config.architecture()) {
              case LLAMA -> "LlamaForCausalLM";
              case QWEN2 -> "Qwen2ForCausalLM";
              case QWEN3 -> "Qwen3ForCausalLM";
            });
    return node.put("model_type", config.architecture().toString())
        .put("hidden_act", "silu")
        .put("hidden_size", shape.hidden())
        .put("num_hidden_layers", shape.layers())
        .put("num_attention_heads", shape.heads())
        .put("num_key_value_heads", shape.keyHeads())
        .put("head_dim", shape.headSize())
        .put("intermediate_size", shape.feedForward())
        .put("vocab_size", shape.vocabulary())
        .put("max_position_embeddings", shape.context())
        .put("rms_norm_eps", shortest(config.epsilon()))
        .put("rope_theta", shortest(config.ropeBase()))
        .put("attention_bias", config.architecture() == DecoderConfig.Architecture.QWEN2)
        .put("mlp_bias", false)
        .put("tie_word_embeddings", config.tied())
        .put("torch_dtype", word(type));
  }

  /// A number of single precision as people write it.
  private static double shortest(double single) {
    return Double.parseDouble(Float.toString((float) single));
  }

  /// The tokens that end a text: those that the file names, and those that llama.cpp knows.
  private static Set<Long> ends(GgufReader file) {
    Set<Long> ends = new LinkedHashSet<>();
    for (String name : List.of("eos", "eot", "eom")) {
      String key = "tokenizer.ggml." + name + "_token_id";
      if (file.metadata().containsKey(key)) {
        ends.add(file.whole(key));
      }
    }
    if (file.metadata().get("tokenizer.ggml.tokens")
        instanceof GgufValue.Items(GgufValue.Type _, List<GgufValue> tokens)) {
      for (int id = 0; id < tokens.size(); id++) {
        if (tokens.get(id) instanceof GgufValue.Text(String text) && Endings.KNOWN.contains(text)) {
          ends.add((long) id);
        }
      }
    }
    return ends;
  }

  private static void put(ObjectNode node, Set<Long> ends, GgufReader file) {
    String begin = "tokenizer.ggml.bos_token_id";
    if (file.metadata().containsKey(begin)) {
      node.put("bos_token_id", file.whole(begin));
    }
    if (ends.size() == 1) {
      node.put("eos_token_id", ends.iterator().next());
    } else if (!ends.isEmpty()) {
      ArrayNode all = node.putArray("eos_token_id");
      ends.forEach(all::add);
    }
  }

  /// What the makers recommend.
  private static void sampling(ObjectNode node, GgufReader file) {
    String padding = "tokenizer.ggml.padding_token_id";
    if (file.metadata().containsKey(padding)) {
      node.put("pad_token_id", file.whole(padding));
    }
    Map<String, String> names = Map.of("temp", "temperature", "top_p", "top_p", "top_k", "top_k");
    names.forEach(
        (name, field) -> {
          switch (file.metadata().get("general.sampling." + name)) {
            case GgufValue.Real(GgufValue.Type _, double value) -> node.put(field, shortest(value));
            case GgufValue.Whole(GgufValue.Type _, long value) -> node.put(field, value);
            case null, default -> {}
          }
        });
  }

  private static String word(ElementType type) {
    return switch (type) {
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
      case Q8_0 -> type.name().toLowerCase(Locale.ROOT);
    };
  }

  private static void write(Path file, ObjectNode node) throws IOException {
    Files.writeString(
        file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
  }
}
