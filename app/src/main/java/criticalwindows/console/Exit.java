package criticalwindows.console;

/// How the program ends, beside 0: done, and 130: stopped by Ctrl-C.
public final class Exit {
  /// A run that failed.
  public static final int FAILED = 1;

  /// A user error, which can be put right.
  public static final int USER_ERROR = 2;

  private Exit() {}
}
