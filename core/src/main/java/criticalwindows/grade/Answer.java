package criticalwindows.grade;

import java.math.BigDecimal;

/// What a response came to, as a class. Two answers are compared by [#same]: an equivalence on
/// choices and numbers, and never true of the other classes, themselves included.
public sealed interface Answer {
  /// A choice, by its label.
  record Label(String label) implements Answer {}

  /// A plain number. The value is normalised, so that 1.50 and 1.5 are one class.
  record Numeric(BigDecimal value) implements Answer {
    public Numeric {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
  }

  /// No answer could be read.
  ///
  /// @param why a short reason, the same for the same cause, so that it can be counted
  record Unread(String why) implements Answer {}

  /// The response reached its limit of tokens before it ended, so it has no answer.
  record CutOff() implements Answer {}

  /// The model declined to answer.
  record Refused() implements Answer {}

  /// Whether both are the same answer.
  default boolean same(Answer other) {
    return readable() && equals(other);
  }

  /// Whether this is an answer at all.
  default boolean readable() {
    return switch (this) {
      case Label label -> true;
      case Numeric number -> true;
      case Unread unread -> false;
      case CutOff cutOff -> false;
      case Refused refused -> false;
    };
  }

  /// For people: `B`, `42`, `unread: no answer stated`, `cut off`, `refused`.
  default String show() {
    return switch (this) {
      case Label label -> label.label();
      case Numeric number -> number.value().toPlainString();
      case Unread unread -> "unread: " + unread.why();
      case CutOff cutOff -> "cut off";
      case Refused refused -> "refused";
    };
  }
}
