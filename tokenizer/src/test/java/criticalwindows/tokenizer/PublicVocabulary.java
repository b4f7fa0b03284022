package criticalwindows.tokenizer;

import criticalwindows.gguf.GgufReader;
import criticalwindows.gguf.GgufValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A vocabulary that llama.cpp tests itself with, and its `tokenizer.json`: tokens and merges of
/// the GGUF file, and how texts are split as the model's makers wrote it, which GGUF has by name
/// alone.
///
/// @param name of its files
record PublicVocabulary(String name) {
  private static final Path FOLDER = Path.of("target/vocabularies");
  private static final String WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
  private static final String REST =
      "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /// A text, and the ids, with spaces between them, that llama.cpp and the makers' own library make
  /// of it.
  record Sample(String text, String ids) {}

  List<Sample> samples() throws IOException {
    String[] texts =
        Files.readString(FOLDER.resolve(file() + ".inp")).split("\n__ggml_vocab_test__\n?", -1);
    List<String> ids = Files.readAllLines(FOLDER.resolve(file() + ".out"));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      samples.add(new Sample(texts[i], ids.get(i).strip()));
    }
    return samples;
  }

  /// Whether texts lose something, as accents, before they are looked up.
  boolean changesTexts() {
    return name.equals("bert-bge") || name.equals("qwen2");
  }

  private String file() {
    return "ggml-vocab-" + name + ".gguf";
  }

  ObjectNode json() {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    try (GgufReader gguf = GgufReader.open(FOLDER.resolve(file()))) {
      Map<String, GgufValue> metadata = gguf.metadata();
      List<String> tokens = texts(metadata, "tokenizer.ggml.tokens");
      addAdded(root.putArray("added_tokens"), tokens, metadata);
      ObjectNode model = root.putObject("model");
      switch (name) {
        case "phi-3" -> sentencePieces(root, model, tokens, metadata);
        case "bert-bge" -> wordPieces(root, model, tokens);
        default -> {
          pairs(model, tokens, texts(metadata, "tokenizer.ggml.merges"));
          if (name.equals("gemma-4")) {
            gemma(root, model);
          } else {
            bytes(root, model);
          }
        }
      }
    }
    return root;
  }

  private static List<GgufValue> items(Map<String, GgufValue> metadata, String key) {
    return ((GgufValue.Items) Objects.requireNonNull(metadata.get(key))).values();
  }

  private static List<String> texts(Map<String, GgufValue> metadata, String key) {
    return items(metadata, key).stream().map(value -> ((GgufValue.Text) value).value()).toList();
  }

  private static void addAdded(
      ArrayNode added, List<String> tokens, Map<String, GgufValue> metadata) {
    List<GgufValue> types = items(metadata, "tokenizer.ggml.token_type");
    for (int id = 0; id < tokens.size(); id++) {
      long type = ((GgufValue.Whole) types.get(id)).value();
      if (type >= 2 && type <= 4) {
        added.addObject().put("id", id).put("content", tokens.get(id)).put("special", type != 4);
      }
    }
  }

  private static void pairs(ObjectNode model, List<String> tokens, List<String> merges) {
    ObjectNode vocabulary = model.put("type", "BPE").putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      vocabulary.put(tokens.get(id), id);
    }
    ArrayNode list = model.putArray("merges");
    merges.forEach(list::add);
  }

  private void bytes(ObjectNode root, ObjectNode model) {
    root.putObject("decoder").put("type", "ByteLevel");
    ArrayNode steps =
        root.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
    switch (name) {
      case "llama-bpe" -> {
        model.put("ignore_merges", true);
        split(steps, WORDS + "\\p{N}{1,3}" + REST);
        letters(steps, false);
      }
      case "qwen2" -> {
        root.putObject("normalizer").put("type", "NFC");
        split(steps, WORDS + "\\p{N}" + REST);
        letters(steps, false);
      }
      case "falcon" -> {
        steps.addObject().put("type", "Punctuation").put("behavior", "Contiguous");
        letters(steps, true);
        steps.addObject().put("type", "Digits").put("individual_digits", false);
        split(steps, "[0-9][0-9][0-9]");
      }
      case "starcoder" -> {
        steps.addObject().put("type", "Digits").put("individual_digits", true);
        letters(steps, true);
      }
      default -> letters(steps, true);
    }
  }

  private static void split(ArrayNode steps, String pattern) {
    ObjectNode split = steps.addObject().put("type", "Split").put("behavior", "Isolated");
    split.put("invert", false).putObject("pattern").put("Regex", pattern);
  }

  private static void letters(ArrayNode steps, boolean pattern) {
    steps
        .addObject()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", pattern);
  }

  private static void gemma(ObjectNode root, ObjectNode model) {
    spaces(root.putObject("normalizer"));
    ObjectNode split = root.putObject("pre_tokenizer").put("type", "Split");
    split.put("behavior", "MergedWithPrevious").put("invert", false);
    split.putObject("pattern").put("String", " ");
    model.put("unk_token", "<unk>").put("byte_fallback", true).put("fuse_unk", true);
    fallback(root);
  }

  private static void spaces(ObjectNode step) {
    step.put("type", "Replace").put("content", "\u2581").putObject("pattern").put("String", " ");
  }

  private static void fallback(ObjectNode root) {
    ArrayNode steps = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
    ObjectNode replace = steps.addObject().put("type", "Replace").put("content", " ");
    replace.putObject("pattern").put("String", "\u2581");
    steps.addObject().put("type", "ByteFallback");
    steps.addObject().put("type", "Fuse");
  }

  /// Merges are not in the file: the makers' library finds them as every way to put a token
  /// together from two, the likeliest token first.
  private static void sentencePieces(
      ObjectNode root, ObjectNode model, List<String> tokens, Map<String, GgufValue> metadata) {
    List<GgufValue> scores = items(metadata, "tokenizer.ggml.scores");
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
    record Merge(String left, String right, double score) {}
    List<Merge> merges = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      List<Merge> ways = new ArrayList<>();
      for (int at = 1; at < token.length(); at++) {
        if (ids.containsKey(token.substring(0, at)) && ids.containsKey(token.substring(at))) {
          double score = ((GgufValue.Real) scores.get(id)).value();
          ways.add(new Merge(token.substring(0, at), token.substring(at), score));
        }
      }
      ways.sort(
          Comparator.comparing((Merge way) -> ids.get(way.left()))
              .thenComparing(way -> ids.get(way.right())));
      merges.addAll(ways);
    }
    merges.sort(Comparator.comparingDouble((Merge merge) -> -merge.score()));
    pairs(model, tokens, merges.stream().map(merge -> merge.left() + " " + merge.right()).toList());
    model.put("unk_token", "<unk>").put("byte_fallback", true).put("fuse_unk", true);
    ArrayNode steps = root.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
    steps.addObject().put("type", "Prepend").put("prepend", "\u2581");
    spaces(steps.addObject());
    fallback(root);
  }

  /// GGUF marks where a word begins, where the makers' file marks where it goes on.
  private static void wordPieces(ObjectNode root, ObjectNode model, List<String> tokens) {
    ObjectNode normalizer = root.putObject("normalizer").put("type", "BertNormalizer");
    normalizer.put("clean_text", true).put("handle_chinese_chars", true);
    normalizer.putNull("strip_accents").put("lowercase", true);
    root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
    root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
    model.put("type", "WordPiece").put("unk_token", "[UNK]").put("max_input_chars_per_word", 100);
    ObjectNode vocabulary = model.put("continuing_subword_prefix", "##").putObject("vocab");
    for (int id = 0; id < tokens.size(); id++) {
      String token = tokens.get(id);
      boolean special = token.startsWith("[") && token.endsWith("]") && token.length() > 2;
      String begun = token.startsWith("\u2581") ? token.substring(1) : "##" + token;
      vocabulary.put(special ? token : begun, id);
    }
  }
}
