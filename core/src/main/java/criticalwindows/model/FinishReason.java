package criticalwindows.model;

/// Why writing ended.
public enum FinishReason {
  /// A stop token was drawn.
  STOP,
  /// The limit on tokens was reached first.
  LENGTH
}
