package criticalwindows.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C, and a polite kill: the work stops at its next step, what has ended is committed, and the
/// program says how to go on. All within a second; what takes longer is left, as by `kill -9`.
public final class Interrupts implements AutoCloseable {
  private static final long WAIT_MILLISECONDS = 800;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private Interrupts(Runnable advice) {
    hook = new Thread(() -> stop(advice), "interrupts");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /// From now until closed, Ctrl-C interrupts this thread.
  ///
  /// @param advice says how to go on, once the work has stopped
  public static Interrupts guard(Runnable advice) {
    return new Interrupts(advice);
  }

  private void stop(Runnable advice) {
    worker.interrupt();
    try {
      done.await(WAIT_MILLISECONDS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    advice.run();
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
