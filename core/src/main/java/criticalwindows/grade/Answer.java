package criticalwindows.grade;

import criticalwindows.dataset.Problem;
import criticalwindows.math.CanonicalForm;
import criticalwindows.outcome.Outcome;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// The answer that a response came to, as a class. Choices and values are readable, the other
/// classes are not.
public sealed interface Answer extends Outcome {
  /// A choice, by its label.
  record Label(String label) implements Answer {}

  /// A number, an expression, an interval, a list, words: whatever has a canonical form.
  ///
  /// @param form what it is compared by
  /// @param written as it stood in the text
  record Value(CanonicalForm form, String written) implements Answer {}

  /// No answer could be read.
  ///
  /// @param why a short reason, the same for the same cause, so that it can be counted
  record Unread(String why) implements Answer {}

  /// The response reached its limit of tokens before it ended, so it has no answer.
  record CutOff() implements Answer {}

  /// The model declined to answer.
  record Refused() implements Answer {}

  @Override
  default Object comparedBy() {
    return this instanceof Value value ? value.form() : this;
  }

  @Override
  default OptionalInt among(Problem problem) {
    return IntStream.range(0, problem.choices().size())
        .filter(i -> equals(new Label(problem.choices().get(i).label())))
        .findFirst();
  }

  @Override
  default boolean readable() {
    return switch (this) {
      case Label label -> true;
      case Value value -> true;
      case Unread unread -> false;
      case CutOff cutOff -> false;
      case Refused refused -> false;
    };
  }

  /// For people: `B`, `42`, `\sqrt{2}`, `unread: no answer stated`, `cut off`, `refused`.
  @Override
  default String show() {
    return switch (this) {
      case Label label -> label.label();
      case Value value -> Shown.of(value.form(), value.written());
      case Unread unread -> "unread: " + unread.why();
      case CutOff cutOff -> "cut off";
      case Refused refused -> "refused";
    };
  }
}
