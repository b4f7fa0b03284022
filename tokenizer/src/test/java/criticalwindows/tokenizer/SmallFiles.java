package criticalwindows.tokenizer;

import java.util.List;

/// A small `tokenizer.json` of each kind.
final class SmallFiles {
  static final String PAIRS =
      """
      {"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "<": 2, "s": 3, ">": 4, "s>": 5, "<s>": 6},
                 "merges": ["s >", "< s>"]},
       "added_tokens": [{"id": 6, "content": "<s>", "special": true},
                        {"id": 9, "content": "<think>", "special": false}]}
      """;
  static final String WORDS =
      """
      {"model": {"type": "WordLevel", "vocab": {"[UNK]": 0, "a": 1, "b": 2}, "unk_token": "[UNK]"},
       "pre_tokenizer": {"type": "WhitespaceSplit"},
       "added_tokens": [{"id": 0, "content": "[UNK]", "special": true}]}
      """;
  static final String WORD_PIECES =
      """
      {"model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "[CLS]": 1, "ab": 2, "##ab": 3, "c": 4},
                 "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                 "max_input_chars_per_word": 100},
       "pre_tokenizer": {"type": "WhitespaceSplit"}, "normalizer": {"type": "Lowercase"},
       "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": true},
       "added_tokens": [{"id": 0, "content": "[UNK]", "special": true},
                        {"id": 1, "content": "[CLS]", "special": true}]}
      """;
  static final String LIKELIEST =
      """
      {"model": {"type": "Unigram", "unk_id": 1,
                 "vocab": [["</s>", 0], ["<unk>", 0], ["\u2581", -3], ["a", -2], ["b", -2],
                           ["ab", -3], ["\u2581a", -3.5]]},
       "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always"},
       "decoder": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always"},
       "added_tokens": [{"id": 0, "content": "</s>", "special": true},
                        {"id": 1, "content": "<unk>", "special": true},
                        {"id": 9, "content": "<think>", "special": false}]}
      """;

  /// Every way that a text is changed and split.
  static final String STEPS =
      """
      {"model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": [["a", "b"]]},
       "normalizer": {"type": "Sequence", "normalizers": [
         {"type": "NFC"}, {"type": "NFKC"}, {"type": "NFD"}, {"type": "NFKD"}, {"type": "Nmt"},
         {"type": "Replace", "pattern": {"Regex": "c+"}, "content": "a"},
         {"type": "Prepend", "prepend": "a"}, {"type": "Lowercase"}, {"type": "StripAccents"},
         {"type": "Strip", "strip_left": true, "strip_right": false},
         {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
          "strip_accents": null, "lowercase": true}]},
       "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
         {"type": "Split", "pattern": {"Regex": "\\\\s+(?!\\\\S)|x*"}, "behavior": "MergedWithNext",
          "invert": false},
         {"type": "Punctuation", "behavior": "Contiguous"},
         {"type": "Digits", "individual_digits": true}, {"type": "UnicodeScripts"},
         {"type": "CharDelimiterSplit", "delimiter": "x"}, {"type": "FixedLength", "length": 3},
         {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true}]},
       "added_tokens": [{"id": 5, "content": "<think>", "special": false, "normalized": true,
                         "single_word": true, "lstrip": true, "rstrip": true}]}
      """;

  static final List<String> ALL = List.of(PAIRS, WORDS, WORD_PIECES, LIKELIEST, STEPS);

  private SmallFiles() {}
}
