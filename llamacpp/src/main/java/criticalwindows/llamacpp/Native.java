package criticalwindows.llamacpp;

/// Downcalls, whose handles declare that they may throw anything.
final class Native {
  private Native() {}

  @FunctionalInterface
  interface Call<T> {
    T call() throws Throwable;
  }

  @FunctionalInterface
  interface CallInt {
    int call() throws Throwable;
  }

  @FunctionalInterface
  interface CallLong {
    long call() throws Throwable;
  }

  @FunctionalInterface
  interface Run {
    void run() throws Throwable;
  }

  static <T> T call(Call<T> call) {
    try {
      return call.call();
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int callInt(CallInt call) {
    try {
      return call.call();
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long callLong(CallLong call) {
    try {
      return call.call();
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static void run(Run run) {
    try {
      run.run();
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// A downcall itself throws only where its types are wrong, which is our bug.
  static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("a native call failed", e);
  }
}
