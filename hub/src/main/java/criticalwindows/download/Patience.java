package criticalwindows.download;

import java.time.Duration;

/// How a hub that wants to be asked later is waited for.
public interface Patience {
  /// Sleeps, and says nothing.
  Patience SLEEP = (time, why) -> Thread.sleep(time);

  /// Waits.
  ///
  /// @param why for people
  /// @throws InterruptedException if the thread was interrupted
  void await(Duration time, String why) throws InterruptedException;
}
