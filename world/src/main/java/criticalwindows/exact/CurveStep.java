package criticalwindows.exact;

import criticalwindows.world.ProgramDecision;

/// A token at which the exact curve rises or falls.
///
/// @param kept tokens kept once it is written; it is the `kept`-th of the response
/// @param rise in [-1, 1]
/// @param text of the token
/// @param decision that becomes known with it
public record CurveStep(int kept, double rise, String text, ProgramDecision decision) {
  /// How likely the option was that was taken, in (0, 1].
  public double probability() {
    return decision.options().get(decision.taken()).probability();
  }
}
