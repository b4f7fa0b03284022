package criticalwindows.rollout;

import java.util.Optional;

/// What a run that stopped at its budget has still to do.
///
/// @param rollouts that are missing, at least 1; an estimate while originals are missing, whose
///   lengths decide how many cuts differ
/// @param spent by the session that stopped
public record Remaining(long rollouts, Spending spent) {
  public Remaining {
    if (rollouts < 1) {
      throw new IllegalArgumentException("a run that stopped has something left, not " + rollouts);
    }
  }

  /// The same in tokens and time, at the rate of the session that stopped; absent where no rollout
  /// ended in it.
  public Optional<Spending> atThisRate() {
    return spent.rollouts() == 0 ? Optional.empty() : Optional.of(spent.forRollouts(rollouts));
  }
}
