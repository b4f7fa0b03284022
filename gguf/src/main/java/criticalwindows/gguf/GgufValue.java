package criticalwindows.gguf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A value of a GGUF file's metadata.
public sealed interface GgufValue {
  /// How a value is stored.
  enum Type {
    UINT8(0),
    INT8(1),
    UINT16(2),
    INT16(3),
    UINT32(4),
    INT32(5),
    FLOAT32(6),
    BOOL(7),
    STRING(8),
    ARRAY(9),
    UINT64(10),
    INT64(11),
    FLOAT64(12);

    private final int code;

    Type(int code) {
      this.code = code;
    }

    /// The number that GGUF names the type by.
    int code() {
      return code;
    }

    /// The type that GGUF names by `code`.
    static Optional<Type> ofCode(int code) {
      return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }
  }

  /// How it is stored.
  Type type();

  /// A whole number. An unsigned one of 64 bits above 2^63 − 1 shows as negative.
  record Whole(Type type, long value) implements GgufValue {}

  /// A floating-point number.
  record Real(Type type, double value) implements GgufValue {}

  /// Yes or no.
  record Flag(boolean value) implements GgufValue {
    @Override
    public Type type() {
      return Type.BOOL;
    }
  }

  /// A text.
  record Text(String value) implements GgufValue {
    @Override
    public Type type() {
      return Type.STRING;
    }
  }

  /// Several values of one type.
  record Items(Type element, List<GgufValue> values) implements GgufValue {
    public Items {
      values = List.copyOf(values);
      if (values.stream().anyMatch(value -> value.type() != element)) {
        throw new IllegalArgumentException("an array of " + element + " holds something else");
      }
    }

    @Override
    public Type type() {
      return Type.ARRAY;
    }
  }

  /// An unsigned whole number of 32 bits.
  static GgufValue unsigned(long value) {
    if (value < 0 || value >= 1L << 32) {
      throw new IllegalArgumentException(value + " is no unsigned number of 32 bits");
    }
    return new Whole(Type.UINT32, value);
  }

  /// A whole number of 32 bits.
  static GgufValue whole(int value) {
    return new Whole(Type.INT32, value);
  }

  /// A number of single precision.
  static GgufValue real(double value) {
    return new Real(Type.FLOAT32, (float) value);
  }

  /// Yes or no.
  static GgufValue flag(boolean value) {
    return new Flag(value);
  }

  /// A text.
  static GgufValue text(String value) {
    return new Text(value);
  }

  /// Several texts.
  static GgufValue texts(List<String> values) {
    return new Items(Type.STRING, values.stream().<GgufValue>map(Text::new).toList());
  }

  /// Several whole numbers of 32 bits.
  static GgufValue wholes(List<Integer> values) {
    return new Items(Type.INT32, values.stream().map(GgufValue::whole).toList());
  }
}
