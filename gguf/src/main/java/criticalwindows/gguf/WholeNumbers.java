package criticalwindows.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// Whole numbers in a file, little-endian and with signs.
///
/// @param data of `count` times the size
/// @param count how many
record WholeNumbers(MemorySegment data, Size size, long count) {
  private static final ValueLayout.OfInt INT32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong INT64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /// What one takes, by the name that safetensors has for it.
  enum Size {
    I32(4),
    I64(8);

    private final int bytes;

    Size(int bytes) {
      this.bytes = bytes;
    }

    int bytes() {
      return bytes;
    }

    static Optional<Size> named(String name) {
      return Arrays.stream(values()).filter(size -> size.name().equals(name)).findFirst();
    }
  }

  /// All of them.
  long[] read() {
    long[] numbers = new long[Math.toIntExact(count)];
    Arrays.setAll(
        numbers, i -> size == Size.I32 ? data.getAtIndex(INT32, i) : data.getAtIndex(INT64, i));
    return numbers;
  }
}
