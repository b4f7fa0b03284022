package criticalwindows.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// ggml's blocks of type Q8_0: a half-precision scale, then 32 whole numbers of 8 bits, each of
/// which times the scale is a weight. The scale is the largest weight's size over 127.
///
/// *Source:* `block_q8_0` and `quantize_row_q8_0_ref` of ggml, single precision as there.
final class EightBits {
  /// The numbers of a block.
  static final int BLOCK = 32;

  /// The bytes of a block.
  static final int BYTES = 2 + BLOCK;

  /// The largest whole number.
  static final int MOST = 127;

  /// Where a half-precision number lies.
  static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private EightBits() {}

  /// Reads the block at `offset` to `into`, from `from` on.
  static void read(MemorySegment data, long offset, float[] into, int from) {
    float scale = Float.float16ToFloat(data.get(HALF, offset));
    for (int i = 0; i < BLOCK; i++) {
      into[from + i] = data.get(ValueLayout.JAVA_BYTE, offset + 2 + i) * scale;
    }
  }

  /// Appends the block of a row that begins at `from`.
  static void write(float[] row, int from, ByteBuffer out) {
    float largest = 0;
    for (int i = 0; i < BLOCK; i++) {
      largest = Math.max(largest, Math.abs(row[from + i]));
    }
    float scale = largest / MOST;
    // Whole numbers are taken by the scale as it was, before it is rounded to half precision.
    float inverse = scale == 0 ? 0 : 1 / scale;
    out.putShort(Float.floatToFloat16(scale));
    for (int i = 0; i < BLOCK; i++) {
      out.put((byte) nearest(row[from + i] * inverse));
    }
  }

  /// The nearest whole number, halves away from zero.
  private static int nearest(float value) {
    int size = (int) Math.min(MOST, Math.floor(Math.abs((double) value) + .5));
    return value < 0 ? -size : size;
  }
}
