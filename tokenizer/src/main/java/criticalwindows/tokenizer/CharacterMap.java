package criticalwindows.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/// SentencePiece's map of characters to others (`precompiled_charsmap`): a trie in an array of
/// numbers, whose leaves say where in the texts behind it a replacement begins.
///
/// *Source:* `DoubleArray` of spm_precompiled 0.1.4, after Yata et al. (2007), *A compact static
/// double-array keeping character codes*.
final class CharacterMap {
  private final int[] units;

  /// What replaces, in UTF-8, a zero behind each.
  private final byte[] texts;

  private CharacterMap(int[] units, byte[] texts) {
    this.units = units;
    this.texts = texts;
  }

  /// Whether every place that a text can lead to lies in the map.
  static boolean isWhole(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (buffer.remaining() < 4) {
      return false;
    }
    long size = Integer.toUnsignedLong(buffer.getInt());
    if (size < 4 || size > buffer.remaining()) {
      return false;
    }
    int[] units = new int[(int) size / 4];
    buffer.asIntBuffer().get(units);
    byte[] texts = new byte[buffer.remaining() - 4 * units.length];
    buffer.get(buffer.position() + 4 * units.length, texts);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
    } catch (CharacterCodingException e) {
      return false;
    }
    return new CharacterMap(units, texts).isClosed();
  }

  private boolean isClosed() {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.push(offset(units[0]));
    while (!open.isEmpty()) {
      int node = open.pop();
      if (node >= units.length) {
        return false;
      }
      if (seen.get(node)) {
        continue;
      }
      seen.set(node);
      for (int value = 1; value < 256; value++) {
        int at = node ^ value;
        if (at >= units.length) {
          return false;
        }
        if ((units[at] & 0x800000FF) == value) {
          int next = at ^ offset(units[at]);
          if (hasLeaf(units[at]) && !leadsToText(next)) {
            return false;
          }
          open.push(next);
        }
      }
    }
    return true;
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & 1 << 9) >>> 6);
  }

  private static boolean hasLeaf(int unit) {
    return (unit >>> 8 & 1) == 1;
  }

  private boolean leadsToText(int leaf) {
    if (leaf >= units.length) {
      return false;
    }
    int begin = units[leaf] & Integer.MAX_VALUE;
    return begin == texts.length || (begin < texts.length && (texts[begin] & 0xC0) != 0x80);
  }
}
