package criticalwindows.theory;

import criticalwindows.stats.Interval;

/// What a class's self-consistency tells of distances that cannot be sampled without bias.
///
/// A distance computed from sampled values is too large on average, for noise counts as difference.
/// Self-consistency is a plain mean, and these inequalities lead from it to the distances:
///
/// - ½ min(1, W) (1 − TV) ≤ 1 − c̄ ≤ max(1, W) (1 − TV), TV between the class and the rest;
/// - c̄ = π (1 + χ²), and ½ χ² ÷ max(1, W) ≤ TV ≤ ½ √χ², TV between the class and everything.
///
/// @param consistency c̄ at some cut, an interval within [0, 1]
/// @param share π of the class, an interval within [0, 1]
public record Bracket(Interval consistency, Interval share) {
  /// Of exact values.
  public static Bracket of(double consistency, double share) {
    return new Bracket(new Interval(consistency, consistency), new Interval(share, share));
  }

  /// Bounds on the total variation between the class and the rest after the cut.
  public Interval apart() {
    double least = Math.min(1, weight(share.high()));
    double most = Math.max(1, weight(share.low()));
    double low = least > 0 ? 1 - 2 * (1 - consistency.low()) / least : 0;
    double high = 1 - (1 - consistency.high()) / most;
    return ordered(low, high);
  }

  /// Bounds on the total variation between the class and everything after the cut.
  public Interval alike() {
    double most = Math.max(1, weight(share.low()));
    double low = share.high() > 0 ? (consistency.low() / share.high() - 1) / most / 2 : 0;
    double square = share.low() > 0 ? consistency.high() / share.low() - 1 : 4;
    return ordered(low, StrictMath.sqrt(Math.max(0, square)) / 2);
  }

  private static double weight(double share) {
    return share > 0 ? (1 - share) / share : Double.POSITIVE_INFINITY;
  }

  private static Interval ordered(double low, double high) {
    double from = Math.clamp(low, 0, 1);
    return new Interval(from, Math.max(from, Math.clamp(high, 0, 1)));
  }
}
