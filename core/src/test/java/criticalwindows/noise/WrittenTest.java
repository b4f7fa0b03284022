package criticalwindows.noise;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrittenTest {
  /// Tokens that are bytes, single ones or several, and what was asked of them.
  private static final class Bytes implements Vocabulary {
    private final List<byte[]> pieces;
    private int decoded;
    private int asked;

    Bytes(List<byte[]> pieces) {
      this.pieces = pieces;
    }

    @Override
    public int size() {
      return pieces.size();
    }

    @Override
    public Tokens encode(String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String decode(Tokens tokens) {
      decoded += tokens.size();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      tokens.stream().forEach(id -> bytes.writeBytes(pieces.get(id)));
      return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public String show(int id) {
      return decode(Tokens.of(id));
    }

    @Override
    public byte[] piece(int id) {
      asked++;
      return pieces.get(id).clone();
    }

    @Override
    public Map<String, Integer> controls() {
      return Map.of();
    }

    @Override
    public OptionalInt begin() {
      return OptionalInt.empty();
    }

    @Override
    public Set<Integer> stops() {
      return Set.of();
    }
  }

  /// How much of the text the tokens up to each have in common with the whole.
  private static List<Integer> byDefinition(Vocabulary vocabulary, Tokens tokens) {
    String whole = vocabulary.decode(tokens);
    List<Integer> ends = new ArrayList<>();
    for (int kept = 1; kept <= tokens.size(); kept++) {
      String there = vocabulary.decode(tokens.prefix(kept));
      int same = 0;
      while (same < there.length()
          && same < whole.length()
          && there.charAt(same) == whole.charAt(same)) {
        same++;
      }
      ends.add(same);
    }
    return ends;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void endsAreWhatTheTokensSoFarHaveInCommonWithTheText() {
    List<byte[]> pieces =
        new ArrayList<>(
            List.of(
                bytes(),
                "naïve".getBytes(StandardCharsets.UTF_8),
                "😀".getBytes(StandardCharsets.UTF_8),
                bytes(0xEF, 0xBF, 0xBD),
                bytes(0xF0, 0x9F),
                bytes(0x98, 0x80, 'x'),
                bytes(0xE2, 0x89),
                bytes(0xA4)));
    for (int value : new int[] {'a', 0x80, 0xBF, 0xC3, 0xA9, 0xE2, 0xED, 0xA0, 0xF0, 0xF4, 0xFF}) {
      pieces.add(bytes(value));
    }
    Bytes vocabulary = new Bytes(pieces);
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      int[] ids = random.ints(1 + random.nextInt(9), 0, pieces.size()).toArray();
      Tokens tokens = Tokens.of(ids);
      assertThat(Written.of(vocabulary, tokens).ends())
          .as(() -> tokens.toString())
          .isEqualTo(byDefinition(vocabulary, tokens));
    }
  }

  /// Each token is decoded once with the whole text, and once by itself.
  @Test
  void aLongResponseTakesAsManyLooksAsItHasTokens() {
    Bytes vocabulary = new Bytes(List.of(bytes('a'), bytes(0xE2, 0x89), bytes(0xA4)));
    int length = 16_000;
    Tokens tokens = Tokens.of(new Random(1).ints(length, 0, 3).toArray());
    Written written = Written.of(vocabulary, tokens);
    assertThat(written.ends()).hasSize(length);
    assertThat(vocabulary.decoded).isEqualTo(length);
    assertThat(vocabulary.asked).isEqualTo(length);
  }
}
