package criticalwindows.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C, and a polite kill: the work stops at its next step, what has ended is committed, and the
/// program says how to go on. All within a second; what takes longer is left, as by `kill -9`.
final class Interrupts implements AutoCloseable {
  private static final long PATIENCE_MILLISECONDS = 800;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private Interrupts(Console console, String advice) {
    hook = new Thread(() -> stop(console, advice), "interrupts");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// From now until closed, Ctrl-C interrupts this thread.
  ///
  /// @param advice printed once the work has stopped
  static Interrupts guard(Console console, String advice) {
    return new Interrupts(console, advice);
  }

  private void stop(Console console, String advice) {
    worker.interrupt();
    try {
      done.await(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    console.err().println();
    console.err().println(advice);
    console.err().flush();
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The program is ending already, and the hook is what ends it.
    }
  }
}
