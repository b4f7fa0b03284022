package criticalwindows.rollout;

import java.time.Duration;

/// What a session has spent.
///
/// @param rollouts that ended, at least 0
/// @param tokens sampled in them, at least 0
/// @param elapsed since the session began
public record Spending(long rollouts, long tokens, Duration elapsed) {
  /// Nothing yet.
  public static final Spending NOTHING = new Spending(0, 0, Duration.ZERO);

  public Spending {
    if (rollouts < 0 || tokens < 0 || elapsed.isNegative()) {
      throw new IllegalArgumentException(
          rollouts + " rollouts, " + tokens + " tokens in " + elapsed);
    }
  }

  /// What so many rollouts take if they go on as these did.
  ///
  /// @throws IllegalStateException if no rollout ended
  public Spending forRollouts(long more) {
    if (rollouts == 0) {
      throw new IllegalStateException("no rollout ended, so there is no rate");
    }
    double times = (double) more / rollouts;
    return new Spending(
        more,
        Math.round(tokens * times),
        Duration.ofMillis(Math.round(elapsed.toMillis() * times)));
  }
}
