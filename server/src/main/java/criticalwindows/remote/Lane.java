package criticalwindows.remote;

import java.time.Duration;

/// How much one server takes at once, found by asking for more until it slows down: a call more for
/// each answer at first, half of them after a complaint, then one more for each round of answers.
/// Guarded by the lock of its [Fleet].
///
/// *Source:* additive increase, multiplicative decrease: Chiu and Jain (1989).
final class Lane {
  private static final double FIRST = 32;
  private static final long LONGEST_REST = Duration.ofSeconds(30).toNanos();
  private static final long SHORTEST_REST = Duration.ofMillis(250).toNanos();

  private final Connection connection;
  private final int most;
  private double limit;
  private boolean steady;
  private int inFlight;
  private int untilCut;
  private int losses;
  private long restsUntil = System.nanoTime();

  Lane(Connection connection, int most) {
    this.connection = connection;
    this.most = most;
    limit = Math.min(most, FIRST);
  }

  Connection connection() {
    return connection;
  }

  boolean takes(long now) {
    return inFlight < (int) limit && restsUntil - now <= 0;
  }

  /// Nanoseconds until it is worth another try; 0 where it rests no more.
  long rest(long now) {
    return Math.max(0, restsUntil - now);
  }

  /// How many more calls it takes.
  int free() {
    return Math.max(0, (int) limit - inFlight);
  }

  double fullness() {
    return inFlight / limit;
  }

  int inFlight() {
    return inFlight;
  }

  void enter() {
    inFlight++;
  }

  void answered() {
    inFlight--;
    losses = 0;
    untilCut--;
    limit = Math.min(most, limit + (steady ? 1 / limit : 1));
  }

  /// An answer that says something of the request, nothing of the server.
  void refused() {
    inFlight--;
    losses = 0;
  }

  /// Too much was asked. Of the calls that were under way together one alone counts.
  void complained() {
    inFlight--;
    if (untilCut <= 0) {
      steady = true;
      limit = Math.max(1, limit / 2);
      untilCut = inFlight;
    } else {
      untilCut--;
    }
  }

  /// Nobody is there: one call at a time tries whether somebody is again.
  void lost(long now) {
    inFlight--;
    steady = false;
    limit = 1;
    untilCut = 0;
    // Of the calls that are lost together one alone counts.
    if (restsUntil - now <= 0) {
      restsUntil = now + Math.min(LONGEST_REST, SHORTEST_REST << Math.min(losses++, 10));
    }
  }
}
