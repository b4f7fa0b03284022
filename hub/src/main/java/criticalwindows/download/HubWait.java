package criticalwindows.download;

import java.time.Duration;

/// How a hub that wants to be asked later is waited for.
public interface HubWait {
  /// Sleeps, and says nothing.
  HubWait SLEEP = (time, why) -> Thread.sleep(time);

  /// Waits.
  ///
  /// @param why for people
  /// @throws InterruptedException if the thread was interrupted
  void await(Duration time, String why) throws InterruptedException;

  /// How long a server may take to begin an answer; its silence alone ends earlier.
  default Duration longest() {
    return Duration.ofMinutes(2);
  }

  /// Nanoseconds since some moment, by which a transfer is held to a pace.
  default long nanos() {
    return System.nanoTime();
  }
}
