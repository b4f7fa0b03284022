package criticalwindows.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Small files of each kind, with ids that can be told by looking.
class TokenizerFileTest {
  @TempDir Path folder;

  private Tokenizer tokenizer(String json) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), json);
    return Tokenizer.read(folder);
  }

  private static String shown(Tokenizer tokenizer, String text) {
    return Arrays.toString(tokenizer.encode(text));
  }

  @Test
  void aSpecialTokenIsNoTextThoughMergesLeadToIt() throws IOException {
    Tokenizer pairs = tokenizer(SmallFiles.PAIRS);
    assertThat(shown(pairs, "a<s>b")).isEqualTo("[0, 2, 5, 1]");
    assertThat(pairs.controls()).containsOnlyKeys("<s>").containsEntry("<s>", 6);
  }

  @Test
  void anAddedTokenThatIsNotSpecialIsOneTokenWithTheIdOfTheFile() throws IOException {
    Tokenizer pairs = tokenizer(SmallFiles.PAIRS);
    assertThat(shown(pairs, "a<think>b")).isEqualTo("[0, 9, 1]");
    assertThat(pairs.size()).isEqualTo(10);
    assertThat(pairs.piece(9)).isEqualTo(" <think>".getBytes(StandardCharsets.UTF_8));
    assertThat(pairs.piece(8)).isEmpty();
    assertThat(shown(tokenizer(SmallFiles.LIKELIEST), "a <think> b")).contains("9");
  }

  @Test
  void whatCannotBeWrittenIsTheUnknownTokenButItsNameIsNot() throws IOException {
    assertThat(shown(tokenizer(SmallFiles.WORDS), "a c b")).isEqualTo("[1, 0, 2]");
    Tokenizer pieces = tokenizer(SmallFiles.WORD_PIECES);
    assertThat(shown(pieces, "ABab c xx")).isEqualTo("[2, 3, 4, 0]");
    assertThat(shown(pieces, "[CLS]")).isEqualTo("[0]");
    Tokenizer likeliest = tokenizer(SmallFiles.LIKELIEST);
    assertThat(shown(likeliest, "ab ab")).isEqualTo("[6, 4, 6, 4]");
    assertThat(likeliest.encode("</s>")).doesNotContain(0);
    assertThat(shown(likeliest, "a</s>b<unk>")).isEqualTo("[6, 1, 4, 1]");
  }

  /// Files of before the kind was written down, such as GPT-2's.
  @ParameterizedTest
  @ValueSource(strings = {"BPE", "WordLevel", "WordPiece", "Unigram"})
  void aKindThatIsNotNamedIsFound(String type) throws IOException {
    String json =
        switch (type) {
          case "BPE" -> SmallFiles.PAIRS;
          case "WordLevel" -> SmallFiles.WORDS;
          case "WordPiece" -> SmallFiles.WORD_PIECES;
          default -> SmallFiles.LIKELIEST;
        };
    int[] ids = tokenizer(json).encode("ab a b");
    assertThat(tokenizer(json.replaceFirst("\"type\": \"" + type + "\",", "")).encode("ab a b"))
        .isEqualTo(ids);
  }

  @Test
  void textsAreChangedAndSplitAsTheFileSays() throws IOException {
    String plain =
        """
        {"model": {"type": "BPE", "vocab": {"\u00e9": 0, "a": 1, "\u2581": 2, "1": 3, "11": 4, " ": 5},
                   "merges": [["1", "1"]], "dropout": 0.5},
         "normalizer": %s, "pre_tokenizer": %s}
        """;
    String none = "null";
    String nfc = "{\"type\": \"NFC\"}";
    assertThat(shown(tokenizer(plain.formatted(nfc, none)), "e\u0301a")).isEqualTo("[0, 1]");
    String sentence =
        """
        {"type": "Sequence", "normalizers": [{"type": "Prepend", "prepend": "\u2581"},
          {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"}]}
        """;
    assertThat(shown(tokenizer(plain.formatted(sentence, none)), "a a")).isEqualTo("[2, 1, 2, 1]");
    String digits = "{\"type\": \"Digits\", \"individual_digits\": true}";
    assertThat(shown(tokenizer(plain.formatted(none, digits)), "11")).isEqualTo("[3, 3]");
    assertThat(shown(tokenizer(plain.formatted(none, none)), "11")).isEqualTo("[4]");
    String split =
        """
        {"type": "Split", "pattern": {"Regex": "\\\\s"}, "behavior": "Removed", "invert": false}
        """;
    assertThat(shown(tokenizer(plain.formatted(none, split)), "1 1")).isEqualTo("[3, 3]");
  }

  /// Both lines of the error are told; the process lives on.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"model\"| is no JSON: ",
        "[]| holds no JSON object",
        "{}| has no model",
        "{\"model\": {\"type\": \"BPE\"}}| has no vocabulary",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {}, \"merges\": []}}| has no tokens",
        "{\"model\": {\"vocab\": {\"a\": -1}}}| has the id -1, outside [0, 4194304)",
        "{\"model\": {\"vocab\": {\"a\": 4294967295}}}| has the id 4294967295, outside",
        "{\"model\": {\"vocab\": {\"a\": 0.5}}}| has the id 0.5, outside",
        "{\"model\": {\"vocab\": {\"a\": 1, \"b\": 1}}}| gives the id 1 to a and to b",
        "{\"model\": {\"vocab\": {\"a\": 1}, \"merges\": [\"a\"]}}| has the merge \"a\"",
        "{\"model\": {\"vocab\": {\"a\": 1}, \"merges\": [\"a b\"]}}| cannot be used: Token `b`",
        "{\"model\": {\"vocab\": {\"a\": 1}, \"type\": \"Other\"}}| cannot be used: ",
        "{\"model\": {\"vocab\": [[\"a\", 0]], \"unk_id\": 7}}| cannot be used: ",
        "{\"model\": {\"vocab\": {\"a\": 1}}, \"added_tokens\": [{\"id\": 2}]}| has an added token",
        "{\"model\": {\"vocab\": {\"a\": 1}}, \"normalizer\": {\"type\": \"x\"}}| cannot be used: ",
      })
  void whatCannotBeIsRefusedInTwoLines(String json, String error) {
    assertThatThrownBy(() -> tokenizer(json))
        .isInstanceOfSatisfying(
            UserError.class,
            refused -> {
              assertThat(refused).hasMessageContaining("tokenizer.json" + " " + error.strip());
              assertThat(refused.hint()).isEqualTo("use the tokenizer.json as its makers saved it");
            });
  }

  /// Each of these would make the native library end the process.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"pre_tokenizer\": {\"type\": \"FixedLength\", \"length\": 0}",
        "\"normalizer\": {\"type\": \"Replace\", \"pattern\": {\"String\": \"\"}, \"content\":"
            + " \"b\"}",
        "\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Replace\","
            + " \"pattern\": {\"Regex\": \"c*\"}, \"content\": \"b\"}]}",
        "\"normalizer\": {\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\"}",
      })
  void aStepThatWouldEndTheProcessIsRefused(String step) {
    assertThatThrownBy(
            () ->
                tokenizer(
                    SmallFiles.PAIRS.replaceFirst("\\{", "{" + step.replace("\\", "\\\\") + ",")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has a step that cannot be: {\"type\":");
  }

  @Test
  void anAddedTokenOfWhichNothingIsLeftIsRefused() {
    String json =
        """
        {"model": {"type": "BPE", "vocab": {"a": 0}, "merges": []}, "normalizer": {"type": "Strip",
         "strip_left": true, "strip_right": true},
         "added_tokens": [{"id": 1, "content": "  ", "special": false, "normalized": true}]}
        """;
    assertThatThrownBy(() -> tokenizer(json))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("has an added token that its own normalizer takes away:   ");
  }

  @Test
  void aMergeWithoutThePrefixOfItsKindIsRefused() {
    String json =
        SmallFiles.PAIRS.replace(
            "\"type\": \"BPE\"", "\"continuing_subword_prefix\": \"\u00e9\u00e9\"");
    assertThatThrownBy(() -> tokenizer(json))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("has the merge \"s >\"");
  }

  @Test
  void whatIsNotThereOrNoTextIsRefused() throws IOException {
    assertThatThrownBy(() -> Tokenizer.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessage("there is no " + folder.resolve("tokenizer.json"));
    Files.write(folder.resolve("tokenizer.json"), new byte[] {'"', (byte) 0xFF, '"'});
    assertThatThrownBy(() -> Tokenizer.read(folder))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("is no text in UTF-8");
  }

  /// A trie in which `A` becomes `b`: the root leads to 256, from there `A` to 512.
  private static byte[] map(int leaf) {
    int[] units = new int[768];
    units[0] = 256 << 10;
    units[256 ^ 'A'] = (256 ^ 'A' ^ 512) << 10 | 1 << 8 | 'A';
    units[512] = leaf | Integer.MIN_VALUE;
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * units.length + 3).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(4 * units.length);
    IntStream.of(units).forEach(bytes::putInt);
    return bytes.put(new byte[] {'x', 'b', 0}).array();
  }

  @Test
  void aMapOfCharactersIsReadAndNoPartOfOneIs() throws IOException {
    String base64 = Base64.getEncoder().encodeToString(map(1));
    String step = "{\"normalizer\": {\"type\": \"Precompiled\", \"precompiled_charsmap\": \"";
    assertThat(shown(tokenizer(SmallFiles.PAIRS.replaceFirst("\\{", step + base64 + "\"},")), "aA"))
        .isEqualTo("[0, 1]");
    assertThat(CharacterMap.isWhole(map(1))).isTrue();
    assertThat(CharacterMap.isWhole(map(4))).isFalse();
    for (int length = 0; length < map(1).length - 3; length++) {
      assertThat(CharacterMap.isWhole(Arrays.copyOf(map(1), length))).isFalse();
    }
  }
}
