package criticalwindows.download;

import criticalwindows.error.UserError;
import criticalwindows.retry.Backoff;
import criticalwindows.retry.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Trying again what failed for a reason that may pass: as long as the hub asks for, else 1, 2, 4,
/// 8 seconds. Five failures without progress are the end; one is, where nobody answers at all.
final class Retries {
  private static final int MOST = 5;
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Backoff GROWING = new Backoff(Duration.ofSeconds(1), LONGEST);

  private final HubWait hubWait;
  private int failures;

  Retries(HubWait hubWait) {
    this.hubWait = hubWait;
  }

  /// Something that may fail for a reason that passes.
  interface Attempt<T> {
    T once() throws IOException;
  }

  <T> T until(Attempt<T> attempt) throws IOException {
    while (true) {
      try {
        return attempt.once();
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  /// Waits before the next attempt.
  ///
  /// @throws IOException this one, if there have been enough
  void failed(IOException failure) throws IOException {
    failures++;
    if (failures >= MOST || Retry.isNobodyThere(failure)) {
      throw failure;
    }
    Optional<Duration> asked = failure instanceof Busy busy ? busy.asked() : Optional.empty();
    Duration wait = asked.orElse(GROWING.pause(failures - 1));
    if (wait.compareTo(LONGEST) > 0) {
      throw new UserError(
          "the hub asks to be left alone for " + wait.toSeconds() + " seconds",
          "try again after that, or name a file on this machine",
          failure);
    }
    await(wait, failure);
  }

  private void await(Duration wait, IOException failure) {
    try {
      hubWait.await(wait, reason(failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError(
          "stopped while waiting for the hub: " + reason(failure),
          "do the same again; what has been fetched is kept",
          e);
    }
  }

  /// Something new has come in.
  void progressed() {
    failures = 0;
  }

  /// What went wrong, in the system's words, without an address that a hub may have signed.
  static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    boolean address = message.contains("://") || e.getMessage() == null;
    return address ? e.getClass().getSimpleName() : message;
  }
}
