package criticalwindows.rollout;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Counts what a session spends, and knows when its budget is spent.
///
/// An experiment asks [#mayBegin] before it begins rollouts, tells [#ended] of each, and stops as
/// soon as [#spent]. Time counts from the meter's making.
public final class Meter {
  private final Budget budget;
  private final InstantSource clock;
  private final Instant begun;
  private long rollouts;
  private long tokens;
  private boolean spent;

  /// @param clock decides when a budget of time is spent, and nothing else
  public Meter(Budget budget, InstantSource clock) {
    this.budget = budget;
    this.clock = clock;
    this.begun = clock.instant();
  }

  /// A meter without a limit.
  public static Meter unlimited(InstantSource clock) {
    return new Meter(Budget.NONE, clock);
  }

  /// One more rollout ended.
  ///
  /// @param sampled its tokens
  public void ended(long sampled) {
    rollouts++;
    tokens += sampled;
  }

  /// What was spent so far.
  public Spending spending() {
    Duration elapsed = Duration.between(begun, clock.instant());
    return new Spending(rollouts, tokens, elapsed.isNegative() ? Duration.ZERO : elapsed);
  }

  /// Whether nothing more may begin; once it is so it stays so, whatever the clock does.
  public boolean spent() {
    spent |= budget.spentBy(spending());
    return spent;
  }

  /// How many of so many rollouts may begin now; none once the budget is spent.
  public int mayBegin(int wanted) {
    return spent() ? 0 : (int) Math.min(wanted, budget.left(spending()));
  }

  /// The limit.
  public Budget budget() {
    return budget;
  }

  /// The clock it was given.
  InstantSource clock() {
    return clock;
  }
}
