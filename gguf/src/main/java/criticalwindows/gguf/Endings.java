package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The tokens that begin and end documents and turns.
///
/// llama.cpp ends a text at `eos`, `eot` and `eom`, and at control tokens whose names it knows.
/// Here the first end token is `eos` and `eot`, and of the others one may have a name that is not
/// known: it becomes `eom`.
///
/// *Source:* `special_eog_ids` of llama.cpp v0.5.0, `src/llama-vocab.cpp`.
final class Endings {
  /// The names.
  static final Set<String> KNOWN =
      Set.of(
          "<|eot_id|>",
          "<|eom_id|>",
          "<|end_of_text|>",
          "<|im_end|>",
          "<|endoftext|>",
          "<end_of_turn>",
          "</s>");

  private Endings() {}

  /// The special tokens of a folder's `generation_config.json`.
  static Map<String, GgufValue> metadata(JsonFields generation, BytePairs vocabulary) {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    single(generation, "bos_token_id", vocabulary)
        .ifPresent(id -> values.put("tokenizer.ggml.bos_token_id", id));
    List<Integer> ends = ends(generation, vocabulary);
    values.put("tokenizer.ggml.eos_token_id", GgufValue.unsigned(ends.getFirst()));
    values.put("tokenizer.ggml.eot_token_id", GgufValue.unsigned(ends.getFirst()));
    List<Integer> unknown =
        ends.stream().skip(1).filter(end -> !KNOWN.contains(vocabulary.tokens().get(end))).toList();
    if (unknown.size() > 1) {
      throw new UserError(
          generation.where() + " names more end tokens than GGUF has places for: " + ends,
          "leave only those in eos_token_id that the model writes");
    }
    unknown.forEach(end -> values.put("tokenizer.ggml.eom_token_id", GgufValue.unsigned(end)));
    single(generation, "pad_token_id", vocabulary)
        .ifPresent(id -> values.put("tokenizer.ggml.padding_token_id", id));
    values.put("tokenizer.ggml.add_bos_token", GgufValue.flag(false));
    values.put("tokenizer.ggml.add_eos_token", GgufValue.flag(false));
    return values;
  }

  private static List<Integer> ends(JsonFields generation, BytePairs vocabulary) {
    JsonNode node =
        generation
            .field("eos_token_id")
            .orElseThrow(() -> generation.missing("eos_token_id", "one or more token ids"));
    List<Integer> ends = new ArrayList<>();
    for (JsonNode end : node.isArray() ? node.values() : List.of(node)) {
      ends.add(id(generation, end, vocabulary));
    }
    if (ends.isEmpty()) {
      throw generation.missing("eos_token_id", "one or more token ids");
    }
    return ends;
  }

  private static int id(JsonFields generation, JsonNode id, BytePairs vocabulary) {
    int value = id.canConvertToInt() ? id.intValue() : -1;
    if (value < 0 || value >= vocabulary.tokens().size()) {
      throw new UserError(
          generation.where() + " names the token " + id + " of " + vocabulary.tokens().size(),
          "use the generation_config.json and tokenizer.json of one model");
    }
    return value;
  }

  private static Optional<GgufValue> single(
      JsonFields generation, String name, BytePairs vocabulary) {
    return generation.field(name).map(node -> GgufValue.unsigned(id(generation, node, vocabulary)));
  }
}
