package criticalwindows.remote;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/// Why a call has no answer that can be used.
final class CallFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private static final int LONGEST_REASON = 300;

  /// What to do about it.
  enum Kind {
    /// This request can never succeed.
    REFUSED,
    /// No request can: the key is wrong, or the model is not there.
    FORBIDDEN,
    /// The server has too much to do, or is starting; later it will have time.
    BUSY,
    /// The answer is lost or makes no sense; another try may give a whole one.
    BROKEN,
    /// Nobody is there.
    GONE
  }

  private static final String CHECK =
      "check the address, --served-model and the key (" + ApiKey.VARIABLE + " or --api-key-file)";

  private final Kind kind;
  private final transient Optional<Duration> pause;
  private final String hint;

  CallFailure(Kind kind, String reason) {
    this(kind, reason, Optional.empty());
  }

  /// @param reason for people; what a server said becomes one plain line
  /// @param pause that the server asked for
  CallFailure(Kind kind, String reason, Optional<Duration> pause) {
    this(kind, reason, pause, CHECK);
  }

  private CallFailure(Kind kind, String reason, Optional<Duration> pause, String hint) {
    super(line(reason));
    this.kind = kind;
    this.pause = pause;
    this.hint = hint;
  }

  /// No request can succeed before something is changed.
  ///
  /// @param hint what to change, on one line
  static CallFailure forbidden(String reason, String hint) {
    return new CallFailure(Kind.FORBIDDEN, reason, Optional.empty(), line(hint));
  }

  static CallFailure broken(String reason) {
    return new CallFailure(Kind.BROKEN, reason);
  }

  Kind kind() {
    return kind;
  }

  Optional<Duration> pause() {
    return pause;
  }

  /// What to do about it, where that is nothing of a program's.
  String hint() {
    return hint;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  private static String line(String reason) {
    String plain = reason.replaceAll("[\\p{C}\\s]+", " ").strip();
    return plain.length() <= LONGEST_REASON ? plain : plain.substring(0, LONGEST_REASON) + "…";
  }
}
