package criticalwindows.gguf;

import criticalwindows.error.UserError;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Names, in llama.cpp's words, how a text is split before its tokens are merged.
///
/// llama.cpp knows the ways by name only (`tokenizer.ggml.pre`), and each name also settles other
/// things: `llama-bpe` takes whole words from the vocabulary before it merges. A name is right if
/// the pattern and these settings agree.
///
/// | name | digits | whole words first |
/// |---|---|---|
/// | `qwen2` | one by one | no |
/// | `llama-bpe` | in groups of up to three | yes |
///
/// *Source:* `llama_vocab` of llama.cpp v0.5.0, `src/llama-vocab.cpp`.
final class PreTokenizer {
  private static final String WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final String REST =
      "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /// A way to split.
  ///
  /// @param wordsFirst whether whole words are taken from the vocabulary before anything is merged
  record Known(String name, String pattern, boolean wordsFirst) {
    /// Whether texts begin with a token where their file does not say it.
    boolean begins() {
      return name.equals("llama-bpe");
    }
  }

  private static final List<Known> TABLE =
      List.of(
          new Known("qwen2", WORDS + "\\p{N}" + REST, false),
          new Known("llama-bpe", WORDS + "\\p{N}{1,3}" + REST, true));

  private PreTokenizer() {}

  /// The way that llama.cpp calls so.
  static Optional<Known> named(String name) {
    return TABLE.stream().filter(known -> known.name.equals(name)).findFirst();
  }

  /// llama.cpp's name for what a `tokenizer.json` says.
  ///
  /// @throws UserError if it has none that is known here
  static String name(JsonFields tokenizer) {
    String pattern = pattern(tokenizer);
    boolean wordsFirst = tokenizer.inner("model").set("ignore_merges");
    return TABLE.stream()
        .filter(known -> known.pattern.equals(pattern) && known.wordsFirst == wordsFirst)
        .findFirst()
        .map(Known::name)
        .orElseThrow(
            () ->
                unknown(
                    tokenizer,
                    "splits text by "
                        + pattern
                        + (wordsFirst ? " and takes whole words first" : "")));
  }

  private static String pattern(JsonFields tokenizer) {
    if (tokenizer.field("normalizer").isPresent()) {
      throw unknown(tokenizer, "changes the text before it splits it (normalizer)");
    }
    JsonNode steps = tokenizer.inner("pre_tokenizer").node().path("pretokenizers");
    JsonNode split = steps.path(0);
    JsonNode bytes = steps.path(1);
    boolean plain =
        steps.size() == 2
            && is(split, "type", "Split")
            && is(split, "behavior", "Isolated")
            && !split.path("invert").asBoolean(false)
            && is(bytes, "type", "ByteLevel")
            && !bytes.path("add_prefix_space").asBoolean(true)
            && !bytes.path("use_regex").asBoolean(true);
    if (!plain) {
      throw unknown(tokenizer, "splits text by other steps than one pattern, then bytes");
    }
    return split.path("pattern").path("Regex").asString("");
  }

  private static boolean is(JsonNode node, String field, String value) {
    return Objects.equals(node.path(field).asString(""), value);
  }

  private static UserError unknown(JsonFields tokenizer, String what) {
    return new UserError(
        tokenizer.where() + " " + what,
        "find the name of this way of splitting in llama.cpp's llama-vocab.cpp and add it to the"
            + " table in PreTokenizer");
  }
}
