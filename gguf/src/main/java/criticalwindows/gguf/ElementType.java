package criticalwindows.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// How the numbers of a tensor are stored. All is little-endian, and every number is computed with
/// as a 32-bit float.
public enum ElementType {
  /// IEEE single precision.
  F32(1, 4, 0, 0),
  /// IEEE half precision.
  F16(1, 2, 1, 1),
  /// The upper half of a single-precision number.
  BF16(1, 2, 30, 32),
  /// Whole numbers of 8 bits, 32 of them to a scale, see [EightBits].
  Q8_0(EightBits.BLOCK, EightBits.BYTES, 8, 7);

  /// Types of quantised files that people have.
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(2, "Q4_0"),
          Map.entry(3, "Q4_1"),
          Map.entry(6, "Q5_0"),
          Map.entry(7, "Q5_1"),
          Map.entry(10, "Q2_K"),
          Map.entry(11, "Q3_K"),
          Map.entry(12, "Q4_K"),
          Map.entry(13, "Q5_K"),
          Map.entry(14, "Q6_K"),
          Map.entry(16, "IQ2_XXS"),
          Map.entry(17, "IQ2_XS"),
          Map.entry(18, "IQ3_XXS"),
          Map.entry(19, "IQ1_S"),
          Map.entry(20, "IQ4_NL"),
          Map.entry(21, "IQ3_S"),
          Map.entry(22, "IQ2_S"),
          Map.entry(23, "IQ4_XS"),
          Map.entry(28, "F64"),
          Map.entry(39, "MXFP4"));

  private static final ValueLayout.OfFloat SINGLE =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int block;
  private final int bytes;
  private final int code;
  private final int fileType;

  ElementType(int block, int bytes, int code, int fileType) {
    this.block = block;
    this.bytes = bytes;
    this.code = code;
    this.fileType = fileType;
  }

  /// How many neighbours of a row are stored together. A row is a whole number of blocks.
  int block() {
    return block;
  }

  /// The bytes that a block takes.
  int blockBytes() {
    return bytes;
  }

  /// The bytes that `numbers` of them take, in whole blocks.
  long bytes(long numbers) {
    return Math.multiplyExact(numbers / block, bytes);
  }

  /// The number that GGUF names the type by.
  int code() {
    return code;
  }

  /// The number by which GGUF says that most tensors of a file are of this type.
  int fileType() {
    return fileType;
  }

  /// The type that GGUF names by `code`, if it is one of these.
  static Optional<ElementType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /// What ggml calls the type that GGUF names by `code`.
  ///
  /// *Source:* `ggml_type` of ggml.
  static String nameOf(int code) {
    return NAMES.getOrDefault(code, "type " + code);
  }

  /// The type that safetensors calls `name`, if it is one of these. It knows no blocks.
  static Optional<ElementType> named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.block == 1 && type.name().equals(name))
        .findFirst();
  }

  /// Reads a row that lies at `offset`.
  void read(MemorySegment data, long offset, float[] into) {
    for (int i = 0; i < into.length; i += block) {
      long at = offset + bytes((long) i);
      switch (this) {
        case F32 -> into[i] = data.get(SINGLE, at);
        case F16 -> into[i] = Float.float16ToFloat(data.get(EightBits.HALF, at));
        case BF16 -> into[i] = Float.intBitsToFloat(data.get(EightBits.HALF, at) << 16);
        case Q8_0 -> EightBits.read(data, at, into, i);
      }
    }
  }

  /// Appends the block of a row that begins at `from`, each number rounded to the nearest one the
  /// type can hold.
  void write(float[] row, int from, ByteBuffer out) {
    switch (this) {
      case F32 -> out.putFloat(row[from]);
      case F16 -> out.putShort(Float.floatToFloat16(row[from]));
      case BF16 -> out.putShort(upperHalf(row[from]));
      case Q8_0 -> EightBits.write(row, from, out);
    }
  }

  /// Whether the type has a number near this one: what is finite must stay so, and blocks hold
  /// nothing else.
  boolean holds(float value) {
    return switch (this) {
      case F32, BF16 -> true;
      case F16 -> !Float.isFinite(value) || finiteHalf(value);
      case Q8_0 -> finiteHalf(value / EightBits.MOST);
    };
  }

  private static boolean finiteHalf(float value) {
    return Float.isFinite(Float.float16ToFloat(Float.floatToFloat16(value)));
  }

  private static short upperHalf(float value) {
    int bits = Float.floatToIntBits(value);
    // Round half to even: add just less than half a step, and the last kept bit.
    return (short) ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
  }
}
