package criticalwindows.download;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/// A hub that wants to be asked again later.
final class Busy extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient Optional<Duration> wait;

  /// @param wait how long, if the hub said so
  Busy(String message, Optional<Duration> wait) {
    super(message);
    this.wait = wait;
  }

  Optional<Duration> asked() {
    return wait;
  }
}
