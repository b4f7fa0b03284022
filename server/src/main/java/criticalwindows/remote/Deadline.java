package criticalwindows.remote;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/// Ends calls that take too long. All of them are looked at now and then: a timer for each would
/// wake a thread twice a call, a tenth of all that a call costs.
final class Deadline implements AutoCloseable {
  private final Duration timeout;
  private final Map<Future<?>, Long> ends = new ConcurrentHashMap<>();
  private final Thread watch;

  /// @param timeout for each call; it ends at most a sixteenth of that later, or a second
  Deadline(Duration timeout) {
    this.timeout = timeout;
    watch = Thread.ofVirtual().name("deadline").start(this::watch);
  }

  Duration timeout() {
    return timeout;
  }

  /// From now on this call has so much time, and then is cancelled.
  void begin(Future<?> call) {
    ends.put(call, System.nanoTime() + timeout.toNanos());
  }

  /// It has ended, however it did.
  void end(Future<?> call) {
    ends.remove(call);
  }

  private void watch() {
    Duration pause = Duration.ofNanos(Math.clamp(timeout.toNanos() / 16, 1_000_000, 1_000_000_000));
    try {
      while (true) {
        Thread.sleep(pause);
        long now = System.nanoTime();
        ends.forEach((call, end) -> cancel(call, end - now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed.
    }
  }

  private static void cancel(Future<?> call, long left) {
    if (left <= 0) {
      call.cancel(true);
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
