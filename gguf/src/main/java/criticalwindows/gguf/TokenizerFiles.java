package criticalwindows.gguf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The tokenizer of a GGUF file as Hugging Face's files: `tokenizer.json` and
/// `tokenizer_config.json`. It splits and merges as llama.cpp does, so texts have the same ids.
///
/// *Source:* the layout of `tokenizer.json` of huggingface/tokenizers 0.22.
final class TokenizerFiles {
  private static final String PREFIX = "tokenizer.ggml.";

  /// llama.cpp's number of a token that stands for nothing.
  private static final long UNUSED = 5;

  private final GgufReader file;
  private final List<String> tokens;
  private final Map<Integer, BytePairs.Kind> added;

  private TokenizerFiles(GgufReader file, List<String> tokens, Map<Integer, BytePairs.Kind> added) {
    this.file = file;
    this.tokens = tokens;
    this.added = added;
  }

  /// The texts of the files by their names; none where the file's tokenizer is of another kind than
  /// [PreTokenizer] knows.
  static Map<String, String> of(GgufReader file) {
    List<String> tokens = texts(file, "tokens");
    List<Long> types = wholes(file, "token_type");
    Optional<PreTokenizer.Known> known = text(file, PREFIX + "pre").flatMap(PreTokenizer::named);
    boolean pairs = text(file, PREFIX + "model").filter("gpt2"::equals).isPresent();
    if (known.isEmpty() || !pairs || tokens.isEmpty() || types.size() != tokens.size()) {
      return Map.of();
    }
    Map<Integer, BytePairs.Kind> added = new LinkedHashMap<>();
    List<String> used = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      Optional<BytePairs.Kind> kind = BytePairs.Kind.of(types.get(id));
      if (kind.isEmpty() && types.get(id) != UNUSED) {
        return Map.of();
      }
      used.add(kind.isEmpty() ? "" : tokens.get(id));
      if (kind.isPresent() && kind.get() != BytePairs.Kind.NORMAL) {
        added.put(id, kind.get());
      }
    }
    TokenizerFiles files = new TokenizerFiles(file, used, added);
    return Map.of(
        "tokenizer.json", files.tokenizer(known.get()).toString() + "\n",
        "tokenizer_config.json",
            JsonMapper.shared()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(files.settings())
                + "\n");
  }

  private ObjectNode tokenizer(PreTokenizer.Known known) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode all = node.putArray("added_tokens");
    added.forEach(
        (id, kind) ->
            all.addObject()
                .put("id", id)
                .put("content", tokens.get(id))
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", kind == BytePairs.Kind.CONTROL));
    node.putNull("normalizer");
    ArrayNode steps =
        node.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", known.pattern());
    split.put("behavior", "Isolated").put("invert", false);
    bytes(steps.addObject());
    begin(known).ifPresentOrElse(id -> begins(node, id), () -> node.putNull("post_processor"));
    bytes(node.putObject("decoder"));
    model(node.putObject("model"), known);
    return node;
  }

  private static void bytes(ObjectNode node) {
    node.put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", false);
  }

  /// The token before every text.
  private Optional<Integer> begin(PreTokenizer.Known known) {
    GgufValue own = file.metadata().get(PREFIX + "add_bos_token");
    boolean wanted = own instanceof GgufValue.Flag(boolean set) ? set : known.begins();
    return wanted ? token("bos") : Optional.empty();
  }

  private void begins(ObjectNode node, int id) {
    String name = tokens.get(id);
    ObjectNode processor = node.putObject("post_processor").put("type", "TemplateProcessing");
    for (String form : List.of("single", "pair")) {
      ArrayNode parts = processor.putArray(form);
      parts.addObject().putObject("SpecialToken").put("id", name).put("type_id", 0);
      parts.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
      if (form.equals("pair")) {
        parts.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
      }
    }
    ObjectNode special = processor.putObject("special_tokens").putObject(name).put("id", name);
    special.putArray("ids").add(id);
    special.putArray("tokens").add(name);
  }

  private void model(ObjectNode model, PreTokenizer.Known known) {
    model
        .put("type", "BPE")
        .putNull("dropout")
        .putNull("unk_token")
        .putNull("continuing_subword_prefix")
        .putNull("end_of_word_suffix")
        .put("fuse_unk", false)
        .put("byte_fallback", false)
        .put("ignore_merges", known.wordsFirst());
    ObjectNode vocabulary = model.putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      if (!added.containsKey(id) && !tokens.get(id).isEmpty()) {
        vocabulary.put(tokens.get(id), id);
      }
    }
    ArrayNode merges = model.putArray("merges");
    for (String merge : texts(file, "merges")) {
      int space = merge.indexOf(' ', 1);
      merges.addArray().add(merge.substring(0, space)).add(merge.substring(space + 1));
    }
  }

  private ObjectNode settings() {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("tokenizer_class", "PreTrainedTokenizerFast");
    node.put("clean_up_tokenization_spaces", false);
    Map.of("bos", "bos_token", "eos", "eos_token", "padding", "pad_token")
        .forEach((name, key) -> token(name).ifPresent(id -> node.put(key, tokens.get(id))));
    text(file, "tokenizer.chat_template").ifPresent(text -> node.put("chat_template", text));
    return node;
  }

  private Optional<Integer> token(String name) {
    return file.metadata().get(PREFIX + name + "_token_id")
                instanceof GgufValue.Whole(GgufValue.Type _, long id)
            && id >= 0
            && id < tokens.size()
        ? Optional.of((int) id)
        : Optional.empty();
  }

  private static Optional<String> text(GgufReader file, String key) {
    return file.metadata().get(key) instanceof GgufValue.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  private static List<String> texts(GgufReader file, String name) {
    return items(file, name).stream()
        .map(item -> item instanceof GgufValue.Text(String text) ? text : "")
        .toList();
  }

  private static List<Long> wholes(GgufReader file, String name) {
    return items(file, name).stream()
        .map(item -> item instanceof GgufValue.Whole(GgufValue.Type _, long value) ? value : 0L)
        .toList();
  }

  private static List<GgufValue> items(GgufReader file, String name) {
    return file.metadata().get(PREFIX + name)
            instanceof GgufValue.Items(GgufValue.Type _, List<GgufValue> values)
        ? values
        : List.of();
  }
}
