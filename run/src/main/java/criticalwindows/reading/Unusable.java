package criticalwindows.reading;

import java.io.Serial;

/// Why a text of a file is left out, though the file is of its layout.
final class Unusable extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String reason;

  /// @param reason the same for all that are left out for it: `its response is empty`
  Unusable(String reason) {
    this(reason, reason);
  }

  /// @param message says more of this one: `turn 3 is not of text alone`
  Unusable(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
