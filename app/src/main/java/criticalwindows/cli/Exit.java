package criticalwindows.cli;

/// How the program ends, beside 0: done, and 130: stopped by Ctrl-C.
final class Exit {
  /// A run that failed.
  static final int FAILED = 1;

  /// A user error, which can be put right.
  static final int USER_ERROR = 2;

  private Exit() {}
}
