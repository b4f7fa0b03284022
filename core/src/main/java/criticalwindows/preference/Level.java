package criticalwindows.preference;

/// How much of a continuation a pair is about.
public enum Level {
  /// The next token alone.
  TOKEN,
  /// All that was written.
  CONTINUATION
}
