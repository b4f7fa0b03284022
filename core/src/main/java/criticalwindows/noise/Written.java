package criticalwindows.noise;

import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A response as it reads.
///
/// @param ends for each token, how many characters of the text there are once it is written; a
///   character that several tokens spell is there with the last of them
public record Written(String text, List<Integer> ends) {
  public Written {
    ends = List.copyOf(ends);
    for (int i = 0; i < ends.size(); i++) {
      if (ends.get(i) < 0 || ends.get(i) > text.length()) {
        throw new IllegalArgumentException(
            "token " + i + " ends at " + ends.get(i) + " of " + text.length() + " characters");
      }
    }
  }

  /// These tokens as their vocabulary spells them.
  public static Written of(Vocabulary vocabulary, Tokens tokens) {
    String text = vocabulary.decode(tokens);
    Ends ends = new Ends(text);
    return new Written(
        text, tokens.stream().map(id -> ends.after(vocabulary.piece(id))).boxed().toList());
  }

  /// Finds the ends one after the other, each from the bytes of its token alone.
  private static final class Ends {
    private final String text;
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    /// Bytes that may be the beginning of a character, four at most.
    private byte[] open = {};

    private int there;

    Ends(String text) {
      this.text = text;
    }

    int after(byte[] piece) {
      ByteBuffer bytes = ByteBuffer.allocate(open.length + piece.length);
      bytes.put(open).put(piece).flip();
      CharBuffer characters = CharBuffer.allocate(bytes.remaining());
      decoder.decode(bytes, characters, false);
      there = Math.min(there + characters.position(), text.length());
      open = new byte[bytes.remaining()];
      bytes.get(open);
      // What is left open reads as U+FFFD, and the text may have that there too.
      String left = new String(open, StandardCharsets.UTF_8);
      int same = 0;
      while (same < left.length() && text.startsWith(left.substring(0, same + 1), there)) {
        same++;
      }
      return there + same;
    }
  }

  /// How many tokens it takes to write the text up to each of some places.
  ///
  /// @param places in characters, none smaller than the one before; for a place that the tokens
  ///   never get to, all of them
  public IntStream tokensFor(List<Integer> places) {
    int[] tokens = new int[places.size()];
    int kept = 0;
    int there = 0;
    for (int i = 0; i < tokens.length; i++) {
      while (there < places.get(i) && kept < ends.size()) {
        there = Math.max(there, ends.get(kept));
        kept++;
      }
      tokens[i] = kept;
    }
    return Arrays.stream(tokens);
  }
}
