package criticalwindows.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// How one number of a tensor is stored. Every one is little-endian and is computed with as a
/// 32-bit float.
public enum ElementType {
  /// IEEE single precision.
  F32(4, 0),
  /// IEEE half precision.
  F16(2, 1),
  /// The upper half of a single-precision number.
  BF16(2, 30);

  private static final ValueLayout.OfFloat SINGLE =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int bytes;
  private final int code;

  ElementType(int bytes, int code) {
    this.bytes = bytes;
    this.code = code;
  }

  /// The bytes that one number takes.
  public int bytes() {
    return bytes;
  }

  /// The number that GGUF names the type by.
  int code() {
    return code;
  }

  /// The type that GGUF names by `code`, if it is one of these.
  static Optional<ElementType> ofCode(int code) {
    return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
  }

  /// The type that safetensors calls `name`, if it is one of these.
  static Optional<ElementType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  float read(MemorySegment data, long offset) {
    return switch (this) {
      case F32 -> data.get(SINGLE, offset);
      case F16 -> Float.float16ToFloat(data.get(HALF, offset));
      case BF16 -> Float.intBitsToFloat(data.get(HALF, offset) << 16);
    };
  }

  /// Appends a number, rounded to the nearest one the type can hold.
  void write(float value, ByteBuffer out) {
    switch (this) {
      case F32 -> out.putFloat(value);
      case F16 -> out.putShort(Float.floatToFloat16(value));
      case BF16 -> out.putShort(upperHalf(value));
    }
  }

  /// Whether a finite number stays finite in this type.
  boolean holds(float value) {
    return this != F16
        || !Float.isFinite(value)
        || Float.isFinite(Float.float16ToFloat(Float.floatToFloat16(value)));
  }

  private static short upperHalf(float value) {
    int bits = Float.floatToIntBits(value);
    // Round half to even: add just less than half a step, and the last kept bit.
    return (short) ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
  }
}
