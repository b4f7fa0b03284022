package criticalwindows.remote;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/// Ends calls that take too long. All of them are looked at now and then: a timer for each would
/// wake a thread twice a call, a tenth of all that a call costs.
final class Deadline implements AutoCloseable {
  private final Duration timeout;
  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private final Thread watch;

  /// @param timeout for each call; it ends at most a sixteenth of that later, or a second
  Deadline(Duration timeout) {
    this.timeout = timeout;
    watch = Thread.ofVirtual().name("deadline").start(this::watch);
  }

  Duration timeout() {
    return timeout;
  }

  /// From now on this call has so much time, and then is cancelled. Closed when it has ended,
  /// however it did.
  Call begin(Future<?> answer) {
    Call call = new Call(answer, System.nanoTime() + timeout.toNanos());
    calls.add(call);
    return call;
  }

  /// A call under way.
  final class Call implements AutoCloseable {
    private final Future<?> answer;
    private final long end;

    private Call(Future<?> answer, long end) {
      this.answer = answer;
      this.end = end;
    }

    private void look(long now) {
      if (end - now <= 0) {
        answer.cancel(true);
      }
    }

    @Override
    public void close() {
      calls.remove(this);
    }
  }

  private void watch() {
    Duration pause = Duration.ofNanos(Math.clamp(timeout.toNanos() / 16, 1_000_000, 1_000_000_000));
    try {
      while (true) {
        Thread.sleep(pause);
        long now = System.nanoTime();
        calls.forEach(call -> call.look(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed.
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
