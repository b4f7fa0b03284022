package criticalwindows.outcome;

import criticalwindows.dataset.Problem;
import java.util.Optional;
import java.util.OptionalInt;

/// Says what responses came to. A run has one scorer that its windows are found by, and everything
/// that is found in it goes by that one.
@FunctionalInterface
public interface Scorer {
  /// What a response came to.
  Outcome of(Problem item, Said said);

  /// The right outcome of an item; absent where none is known, and every outcome is as good as
  /// another.
  default Optional<Outcome> right(Problem item) {
    return Optional.empty();
  }

  /// The class that people know by a name, such as `complied`; absent where there is none of it.
  default Optional<Outcome> named(Problem item, String name) {
    return Optional.empty();
  }

  /// The class that curves follow, whatever a response itself came to; absent where they follow
  /// what the response came to.
  default Optional<Outcome> followed(Problem item) {
    return Optional.empty();
  }

  /// Where a response refuses after it had begun to comply: characters before that. Absent where it
  /// does not, and where that is not told.
  default OptionalInt turned(Said said) {
    return OptionalInt.empty();
  }

  /// Whether it reads replies to the question for the answer, where they were asked for, and
  /// nothing else of a response.
  default boolean repliesAlone() {
    return false;
  }
}
