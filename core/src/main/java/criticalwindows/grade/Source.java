package criticalwindows.grade;

/// Where a text comes from, which decides how far a reader may go.
public enum Source {
  /// The reply to the question for the answer, after a response or a stump: only what is stated.
  REPLY,
  /// A whole response to a problem, which may end without a statement.
  RESPONSE
}
