package criticalwindows.tokenizer;

import criticalwindows.error.UserError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What each token adds to a text, by the `decoder` of a `tokenizer.json`.
///
/// The text of two pieces is the text of the whole. So nothing is done to the beginning and the end
/// of a text as such; a space there, which some decoders take away, stays.
///
/// *Source:* `decoders` of tokenizers 0.21.4.
///
/// @param changes of a token's name, in their order
/// @param bytes how the name then stands for bytes
record PieceReader(List<UnaryOperator<String>> changes, Bytes bytes) {
  /// How a name stands for bytes.
  enum Bytes {
    /// It is the text.
    TEXT,
    /// `<0x0A>` is a byte; any other name is the text.
    FALLBACK,
    /// Each letter is a byte, as GPT-2 writes them.
    LETTERS
  }

  /// What the decoder of words joins again.
  private static final List<List<String>> JOINED =
      List.of(
          List.of(" .", "."),
          List.of(" ?", "?"),
          List.of(" !", "!"),
          List.of(" ,", ","),
          List.of(" ' ", "'"),
          List.of(" n't", "n't"),
          List.of(" 'm", "'m"),
          List.of(" do not", " don't"),
          List.of(" 's", "'s"),
          List.of(" 've", "'ve"),
          List.of(" 're", "'re"));

  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-Fa-f]{2}>");
  private static final Map<Character, Byte> LETTERS = letters();

  /// @throws UserError if the decoder is of no kind that is known here
  static PieceReader of(String where, JsonNode decoder) {
    List<UnaryOperator<String>> changes = new ArrayList<>();
    return new PieceReader(changes, read(where, decoder, changes));
  }

  private static Bytes read(String where, JsonNode decoder, List<UnaryOperator<String>> changes) {
    Bytes bytes = Bytes.TEXT;
    switch (decoder.path("type").asString("")) {
      case "Sequence" -> {
        for (JsonNode step : decoder.path("decoders").values()) {
          Bytes those = read(where, step, changes);
          bytes = those == Bytes.TEXT ? bytes : those;
        }
      }
      case "ByteLevel" -> bytes = Bytes.LETTERS;
      case "ByteFallback" -> bytes = Bytes.FALLBACK;
      case "Replace" -> {
        JsonNode pattern = decoder.path("pattern").path("String");
        if (!pattern.isString()) {
          throw unknown(where, decoder);
        }
        String content = decoder.path("content").asString("");
        changes.add(name -> name.replace(pattern.stringValue(), content));
      }
      case "Metaspace" -> {
        String space = decoder.path("replacement").asString("\u2581");
        changes.add(name -> name.replace(space, " "));
      }
      case "BPEDecoder" -> {
        String suffix = decoder.path("suffix").asString("</w>");
        changes.add(name -> name.replace(suffix, " "));
      }
      case "WordPiece" -> {
        String prefix = decoder.path("prefix").asString("##");
        changes.add(name -> name.startsWith(prefix) ? name.substring(prefix.length()) : " " + name);
        if (decoder.path("cleanup").asBoolean(true)) {
          changes.add(PieceReader::joined);
        }
      }
      case "Fuse", "Strip" -> {} // of the beginning and the end
      default -> {
        if (!decoder.isMissingNode() && !decoder.isNull()) {
          throw unknown(where, decoder);
        }
        changes.add(name -> " " + name);
      }
    }
    return bytes;
  }

  private static UserError unknown(String where, JsonNode decoder) {
    String said = decoder.toString();
    return new UserError(
        where
            + " turns tokens into text in a way that is not known here: "
            + said.substring(0, Math.min(said.length(), 80)),
        "serve the model by cw servers serve, or give --tokenizer its GGUF file");
  }

  private static String joined(String name) {
    String joined = name;
    for (List<String> pair : JOINED) {
      joined = joined.replace(pair.getFirst(), pair.getLast());
    }
    return joined;
  }

  /// The bytes of a token of the model's own vocabulary.
  byte[] piece(String name) {
    String text = changed(name);
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    return switch (bytes) {
      case TEXT -> plain;
      case FALLBACK ->
          text.startsWith("<0x") && BYTE.matcher(text).matches()
              ? new byte[] {(byte) Integer.parseInt(text, 3, 5, 16)}
              : plain;
      case LETTERS -> {
        byte[] all = new byte[text.length()];
        int read = 0;
        while (read < all.length && LETTERS.containsKey(text.charAt(read))) {
          all[read] = LETTERS.getOrDefault(text.charAt(read), (byte) 0);
          read++;
        }
        yield read == all.length ? all : plain;
      }
    };
  }

  /// The bytes of a token that was added: its name as people write it, not in letters for bytes.
  byte[] added(String name) {
    return bytes == Bytes.LETTERS ? changed(name).getBytes(StandardCharsets.UTF_8) : piece(name);
  }

  private String changed(String name) {
    String text = name;
    for (UnaryOperator<String> change : changes) {
      text = change.apply(text);
    }
    return text;
  }

  /// How each byte is written in a vocabulary: as itself where that can be seen, else as a letter
  /// from 256 on.
  ///
  /// *Source:* `bytes_to_unicode` of GPT-2.
  private static Map<Character, Byte> letters() {
    Map<Character, Byte> letters = new HashMap<>();
    char next = 256;
    for (int value = 0; value < 256; value++) {
      boolean seen =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      letters.put(seen ? (char) value : next++, (byte) value);
    }
    return letters;
  }
}
