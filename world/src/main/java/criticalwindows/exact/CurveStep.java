package criticalwindows.exact;

import criticalwindows.world.ProgramDecision;
import java.util.Optional;
import java.util.OptionalDouble;

/// A token at which the exact curve rises or falls.
///
/// @param kept tokens kept once it is written; it is the `kept`-th of the response
/// @param rise in [-1, 1]
/// @param text of the token
/// @param decision that becomes known with it; absent where the text does not come to its end,
///   which leaves open what was taken
public record CurveStep(int kept, double rise, String text, Optional<ProgramDecision> decision) {
  /// How likely the option was that was taken, in (0, 1].
  public OptionalDouble probability() {
    return decision.stream()
        .mapToDouble(taken -> taken.options().get(taken.taken()).probability())
        .findFirst();
  }
}
