package criticalwindows.outcome;

import criticalwindows.dataset.Problem;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// What a response came to, as a class: an answer, the colour it names, whether it refuses.
public interface Outcome {
  /// Whether it is one at all. What cannot be read is an outcome too, with its reason, and the same
  /// as no other.
  boolean readable();

  /// Equal for outcomes of the same class, and for no others.
  default Object comparedBy() {
    return this;
  }

  /// Whether both are readable and of the same class: an equivalence on readable outcomes.
  default boolean same(Outcome other) {
    return readable() && other.readable() && comparedBy().equals(other.comparedBy());
  }

  /// Which of an item's choices it is, from 0; absent where it is none.
  default OptionalInt among(Problem item) {
    return OptionalInt.empty();
  }

  /// How far it holds, in [0, 1], where that is more than a class says, such as how harmful a
  /// response is; absent where the class is all.
  default OptionalDouble score() {
    return OptionalDouble.empty();
  }

  /// For people: `B`, `blue`, `unread: no answer stated`.
  String show();
}
