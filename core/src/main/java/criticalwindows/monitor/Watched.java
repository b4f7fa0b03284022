package criticalwindows.monitor;

import java.util.OptionalInt;

/// A response that a monitor has read, and when it was decided.
///
/// @param alarm the token at which the alarm was raised, from 0; absent where none was
/// @param from the first token at which the response may have been decided
/// @param to the last one; from `to` on it was decided for sure
/// @param passed the first token after which the outcome was likelier than not; absent where it
///   never was
public record Watched(OptionalInt alarm, int from, int to, OptionalInt passed) {
  public Watched {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("decided at tokens " + from + " to " + to);
    }
  }

  /// When the alarm came.
  public enum When {
    /// Before the response may have been decided.
    EARLY("early"),
    /// While it was decided.
    IN_TIME("in time"),
    /// After that.
    LATE("late"),
    /// Never.
    MISSED("missed");

    private final String words;

    When(String words) {
      this.words = words;
    }

    /// For people.
    public String words() {
      return words;
    }
  }

  /// When the alarm came.
  public When when() {
    if (alarm.isEmpty()) {
      return When.MISSED;
    }
    int at = alarm.getAsInt();
    return at < from ? When.EARLY : at <= to ? When.IN_TIME : When.LATE;
  }

  /// So many tokens before the response was decided the alarm came, negative where after; absent
  /// without an alarm.
  public OptionalInt lead() {
    return alarm.isPresent() ? OptionalInt.of(to - alarm.getAsInt()) : OptionalInt.empty();
  }

  /// The same before the outcome became likelier than not.
  public OptionalInt leadOfPassing() {
    return alarm.isPresent() && passed.isPresent()
        ? OptionalInt.of(passed.getAsInt() - alarm.getAsInt())
        : OptionalInt.empty();
  }
}
