package criticalwindows.retry;

import java.time.Duration;

/// Pauses between tries, each twice as long as the one before it.
///
/// @param longest no pause is longer; none is longer than 1024 times the first either
public record Backoff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 10;

  public Backoff {
    if (!first.isPositive() || !longest.isPositive()) {
      throw new IllegalArgumentException("pauses of " + first + " to " + longest);
    }
  }

  /// A pause.
  ///
  /// @param before how many there were before it
  public Duration pause(int before) {
    Duration grown = first.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    return grown.compareTo(longest) < 0 ? grown : longest;
  }

  /// Between half of that and all of it, so that calls that failed together do not come back
  /// together.
  ///
  /// @param chance decides where between the two
  public Duration pause(int before, long chance) {
    long half = pause(before).toNanos() / 2;
    long mixed = (chance + before) * 0x9e3779b97f4a7c15L;
    return Duration.ofNanos(half + Math.floorMod(mixed ^ (mixed >>> 32), half + 1));
  }
}
