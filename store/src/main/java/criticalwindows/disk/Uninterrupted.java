package criticalwindows.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Work that an interrupt of its caller does not reach.
///
/// An interrupted thread cannot use Java's file channels: they close under its hands, in the middle
/// of a wave. So the work is done on a thread of its own, and the caller learns of the interrupt
/// when it is done.
public final class Uninterrupted {
  private Uninterrupted() {}

  /// What the work gives or throws; the caller's interrupt is kept for it.
  public static <T> T call(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread.ofPlatform().name("store").start(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw unchecked(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// As [#call], for work that gives nothing.
  public static void run(Runnable work) {
    call(
        () -> {
          work.run();
          return true;
        });
  }

  /// Work on files.
  public interface FileWork<T> {
    /// Does it.
    T get() throws IOException;
  }

  /// As [#call], for work that can fail on a file.
  public static <T> T io(FileWork<T> work) throws IOException {
    try {
      return call(
          () -> {
            try {
              return work.get();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private static RuntimeException unchecked(ExecutionException e) {
    return switch (e.getCause()) {
      case Error error -> throw error;
      case RuntimeException exception -> exception;
      case null, default -> new IllegalStateException(e);
    };
  }
}
