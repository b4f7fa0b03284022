package criticalwindows.remote;

import criticalwindows.retry.Backoff;
import java.time.Duration;

/// One server of a fleet: how much it takes at once, and whether it is set aside.
///
/// How much is found by asking for more until it slows down: a call more for each answer at first,
/// half of them after a complaint, then one more for each round of answers. A server that fails
/// again and again is set aside, for twice as long each time; then one call at a time tries whether
/// it is well again. Guarded by the lock of its [Fleet].
///
/// *Source:* additive increase, multiplicative decrease: Chiu and Jain (1989).
final class FleetServer {
  private static final double FIRST = 32;
  private static final Backoff RESTS = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30));

  /// Failures in a row after which a server is set aside. With a quarter of all tries failing by
  /// chance, so many in a row come once in 65,000 tries.
  private static final int MOST_STRIKES = 8;

  private final Connection connection;
  private final int most;
  private double limit;
  private boolean steady;
  private int inFlight;
  private int untilCut;
  private int strikes;
  private int rests;
  private long restsUntil = System.nanoTime();
  private boolean silent;
  private long silentSince;
  private String reason = "";

  /// Whether anything has failed since the last whole answer; read without the lock.
  private volatile boolean suspect;

  FleetServer(Connection connection, int most) {
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

  /// Nanoseconds since calls began to come to nothing here: nobody there, or too much to do.
  long silence(long now) {
    return silent ? now - silentSince : 0;
  }

  /// Whether it is set aside, or was and is not well again yet.
  boolean aside() {
    return rests > 0;
  }

  /// What went wrong last.
  String reason() {
    return reason;
  }

  boolean suspect() {
    return suspect;
  }

  void enter() {
    inFlight++;
  }

  /// An answer is here, not read yet.
  void answered() {
    inFlight--;
    untilCut--;
    limit = Math.min(most, limit + (steady ? 1 / limit : 1));
  }

  /// An answer was whole.
  void well() {
    strikes = 0;
    rests = 0;
    silent = false;
    suspect = false;
  }

  /// From now on it has been silent for no time.
  void awake() {
    silent = false;
  }

  /// A call came to nothing.
  ///
  /// @param placed whether it still holds a place here; not so where its answer was read in vain
  void failed(CallFailure failure, Placed placed, long now) {
    inFlight -= placed == Placed.YES ? 1 : 0;
    suspect = true;
    reason = failure.reason();
    switch (failure.kind()) {
      // It may be the request's fault, until another server answers it.
      case REFUSED -> silent = false;
      case BROKEN -> {
        slowDown(placed);
        strike(now);
      }
      case BUSY -> {
        grow(now);
        slowDown(placed);
        // As long as it has others to serve it does what it can.
        if (inFlight == 0) {
          strike(now);
        }
      }
      case FORBIDDEN, GONE -> {
        grow(now);
        setAside(now);
      }
    }
  }

  /// Another server has answered what this one refused.
  void blame(long now) {
    suspect = true;
    strike(now);
  }

  /// A call was given up before it came to anything.
  void dropped() {
    inFlight--;
  }

  /// Whether a call that failed still holds a place.
  enum Placed {
    YES,
    NO
  }

  /// It has asked for a pause.
  void pause(long now, long nanos) {
    if (restsUntil - (now + nanos) < 0) {
      restsUntil = now + nanos;
    }
  }

  private void grow(long now) {
    if (!silent) {
      silent = true;
      silentSince = now;
    }
  }

  private void strike(long now) {
    strikes++;
    if (strikes >= MOST_STRIKES) {
      setAside(now);
    }
  }

  /// Too much was asked. Of the calls that were under way together one alone counts.
  private void slowDown(Placed placed) {
    if (placed == Placed.NO) {
      return;
    }
    if (untilCut <= 0) {
      steady = true;
      limit = Math.max(1, limit / 2);
      untilCut = inFlight;
    } else {
      untilCut--;
    }
  }

  /// One call at a time tries whether it is well again.
  private void setAside(long now) {
    steady = false;
    limit = 1;
    untilCut = 0;
    // Of the calls that fail together one alone counts.
    if (restsUntil - now <= 0) {
      restsUntil = now + RESTS.pause(rests++).toNanos();
    }
  }
}
