package criticalwindows.rollout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What an experiment was told, as plain data: a value by each name, in the order in which they are
/// to be read. A run is written with it and opened from it, and runs are alike where it is equal.
public record Settings(SequencedMap<String, Value> values) {
  /// Nothing.
  public static final Settings NONE = new Settings(new LinkedHashMap<>());

  public Settings {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /// What a setting can be.
  public sealed interface Value {
    /// A text.
    record Text(String value) implements Value {
      @Override
      public String toString() {
        return "\"" + value + "\"";
      }
    }

    /// A whole number.
    record Whole(long value) implements Value {
      @Override
      public String toString() {
        return Long.toString(value);
      }
    }

    /// Any number.
    record Real(double value) implements Value {
      @Override
      public String toString() {
        return Double.toString(value);
      }
    }

    /// Texts in an order.
    record Texts(List<String> values) implements Value {
      public Texts {
        values = List.copyOf(values);
      }

      @Override
      public String toString() {
        return values.toString();
      }
    }
  }

  /// A setting that is missing, or not of its kind.
  public static final class Unreadable extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private Unreadable(String message) {
      super(message);
    }
  }

  /// These and one more.
  public Settings with(String name, Value value) {
    SequencedMap<String, Value> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new Settings(more);
  }

  /// These and a text.
  public Settings with(String name, String text) {
    return with(name, new Value.Text(text));
  }

  /// These and a whole number.
  public Settings with(String name, long number) {
    return with(name, new Value.Whole(number));
  }

  /// These and a number.
  public Settings with(String name, double number) {
    return with(name, new Value.Real(number));
  }

  /// These and a list of texts.
  public Settings with(String name, List<String> texts) {
    return with(name, new Value.Texts(texts));
  }

  /// A text.
  ///
  /// @throws Unreadable if there is none of this name; so do the others
  public String text(String name) {
    if (value(name) instanceof Value.Text(String text)) {
      return text;
    }
    throw wrong(name, "a text");
  }

  /// A whole number of 64 bits.
  public long whole(String name) {
    if (value(name) instanceof Value.Whole(long number)) {
      return number;
    }
    throw wrong(name, "a whole number below 2^63");
  }

  /// A whole number of 32 bits.
  public int integer(String name) {
    if (value(name) instanceof Value.Whole(long number) && number == (int) number) {
      return (int) number;
    }
    throw wrong(name, "a whole number below 2^31");
  }

  /// A number.
  public double number(String name) {
    return switch (value(name)) {
      case Value.Real(double number) -> number;
      case Value.Whole(long number) -> number;
      case Value.Text text -> throw wrong(name, "a number");
      case Value.Texts texts -> throw wrong(name, "a number");
    };
  }

  /// A list of texts.
  public List<String> texts(String name) {
    if (value(name) instanceof Value.Texts(List<String> texts)) {
      return texts;
    }
    throw wrong(name, "a list of texts");
  }

  /// Whether there is a setting of this name.
  public boolean has(String name) {
    return values.containsKey(name);
  }

  private Value value(String name) {
    return Optional.ofNullable(values.get(name))
        .orElseThrow(() -> new Unreadable("there is no field settings." + name));
  }

  private Unreadable wrong(String name, String kind) {
    return new Unreadable(
        "the field settings." + name + " is " + value(name) + ", not " + kind + ",");
  }
}
