package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A byte-level vocabulary of merged pairs, as GPT-2 brought it in.
///
/// @param pre llama.cpp's name for how text is split, see [PreTokenizer]
/// @param tokens by id, bytes written as GPT-2 writes them
/// @param added the ids that stand outside the merges, and how
/// @param merges in order of rank, the two parts with a space between them
record BytePairs(String pre, List<String> tokens, Map<Integer, Kind> added, List<String> merges) {
  /// How llama.cpp treats a token.
  enum Kind {
    /// It comes of merges.
    NORMAL(1),
    /// No text can stand for it.
    CONTROL(3),
    /// Its text is taken for it before anything is split or merged.
    USER_DEFINED(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /// The one that GGUF names by `code`.
    static Optional<Kind> of(long code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
  }

  BytePairs {
    tokens = List.copyOf(tokens);
    added = Map.copyOf(added);
    merges = List.copyOf(merges);
  }

  /// The vocabulary of a folder's `tokenizer.json`.
  ///
  /// @param size as `config.json` has it
  static BytePairs read(Path folder, int size) {
    JsonFields tokenizer = JsonFields.of(folder, "tokenizer.json");
    JsonFields model = tokenizer.inner("model");
    if (!model.text("type").equals("BPE") || model.set("byte_fallback")) {
      throw new UserError(
          tokenizer.where() + " is no byte-level BPE vocabulary",
          "export models with a vocabulary of GPT-2's kind");
    }
    int found = model.inner("vocab").node().size() + tokenizer.node().path("added_tokens").size();
    // A size that cannot be true must not be believed.
    if (found < size) {
      throw new UserError(
          tokenizer.where() + " has " + found + " tokens of " + size,
          "use the tokenizer.json and config.json of one model");
    }
    String[] tokens = new String[size];
    Arrays.fill(tokens, "");
    for (Map.Entry<String, JsonNode> entry : model.inner("vocab").node().properties()) {
      put(tokens, entry.getValue().asInt(-1), entry.getKey(), model);
    }
    Map<Integer, Kind> added = new HashMap<>();
    for (JsonNode entry : tokenizer.field("added_tokens").map(JsonNode::values).orElse(List.of())) {
      JsonFields token = new JsonFields(tokenizer.where() + ", added_tokens", entry);
      put(tokens, token.whole("id"), token.text("content"), token);
      added.put(token.whole("id"), token.set("special") ? Kind.CONTROL : Kind.USER_DEFINED);
    }
    return new BytePairs(
        PreTokenizer.name(tokenizer), whole(tokens, tokenizer), added, merges(model));
  }

  private static void put(String[] tokens, int id, String text, JsonFields where) {
    if (id < 0 || id >= tokens.length || !(tokens[id].isEmpty() || tokens[id].equals(text))) {
      throw new UserError(
          where.where() + " gives " + text + " the id " + id + " of " + tokens.length,
          "use the tokenizer.json and config.json of one model");
    }
    tokens[id] = text;
  }

  private static List<String> whole(String[] tokens, JsonFields tokenizer) {
    List<String> all = new ArrayList<>();
    for (String token : tokens) {
      if (token.isEmpty()) {
        throw new UserError(
            tokenizer.where() + " has no token " + all.size() + " of " + tokens.length,
            "use the tokenizer.json and config.json of one model");
      }
      all.add(token);
    }
    return all;
  }

  /// Newer files have each merge as a list of two, older ones as a text with a space.
  private static List<String> merges(JsonFields model) {
    List<String> merges = new ArrayList<>();
    for (JsonNode merge : model.field("merges").map(JsonNode::values).orElse(List.of())) {
      String pair =
          merge.isArray()
              ? merge.path(0).asString("") + " " + merge.path(1).asString("")
              : merge.asString("");
      int space = pair.indexOf(' ');
      if (space < 1 || space != pair.lastIndexOf(' ') || space == pair.length() - 1) {
        throw new UserError(
            model.where() + " has the merge " + merge, "use the tokenizer.json as it was saved");
      }
      merges.add(pair);
    }
    return merges;
  }

  /// What llama.cpp wants to know of a vocabulary, its special tokens aside.
  Map<String, GgufValue> metadata() {
    List<Integer> types = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      types.add(added.getOrDefault(id, Kind.NORMAL).code);
    }
    Map<String, GgufValue> values = new LinkedHashMap<>();
    values.put("tokenizer.ggml.model", GgufValue.text("gpt2"));
    values.put("tokenizer.ggml.pre", GgufValue.text(pre));
    values.put("tokenizer.ggml.tokens", GgufValue.texts(tokens));
    values.put("tokenizer.ggml.token_type", GgufValue.wholes(types));
    values.put("tokenizer.ggml.merges", GgufValue.texts(merges));
    return values;
  }
}
