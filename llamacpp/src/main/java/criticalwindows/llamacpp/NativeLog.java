package criticalwindows.llamacpp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// What llama.cpp would have printed: its last warnings and errors. There is one log in a process,
/// as llama.cpp has one; each thread clears and reads what was said to itself.
@SuppressWarnings("restricted") // the room for native access
final class NativeLog {
  /// Lives as long as the process, because llama.cpp keeps the callback's address.
  static final NativeLog ONLY = new NativeLog();

  private static final int WARNING = 3;
  private static final int CONTINUED = 5;
  private static final int KEPT = 20;

  private final MemorySegment callback;
  private final Deque<Line> lines = new ArrayDeque<>();
  private boolean open;

  /// @param thread that llama.cpp was called by
  private record Line(Thread thread, String text) {}

  private NativeLog() {
    try {
      MethodHandle take =
          MethodHandles.lookup()
              .findVirtual(
                  NativeLog.class,
                  "take",
                  MethodType.methodType(
                      void.class, int.class, MemorySegment.class, MemorySegment.class));
      callback =
          Linker.nativeLinker()
              .upcallStub(
                  take.bindTo(this),
                  FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS),
                  Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the log's own method is gone", e);
    }
  }

  /// `void (*ggml_log_callback)(enum ggml_log_level level, const char * text, void * user_data)`
  MemorySegment callback() {
    return callback;
  }

  /// Called by llama.cpp. Nothing may be thrown: an exception that leaves an upcall ends the
  /// process.
  @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // its name and type are the callback's
  private synchronized void take(int level, MemorySegment text, MemorySegment user) {
    try {
      boolean wanted = level == CONTINUED ? open : level >= WARNING;
      open = wanted;
      if (wanted && text.address() != 0) {
        add(text.reinterpret(Long.MAX_VALUE).getString(0).strip());
      }
    } catch (RuntimeException e) {
      add("(a line of llama.cpp's log could not be read)");
    }
  }

  private void add(String text) {
    lines.add(new Line(Thread.currentThread(), text));
    if (lines.size() > KEPT) {
      lines.remove();
    }
  }

  /// Forgets what was said to this thread so far.
  synchronized void clear() {
    lines.removeIf(line -> line.thread.equals(Thread.currentThread()));
  }

  /// The last lines to this thread, oldest first.
  synchronized List<String> lines() {
    return lines.stream()
        .filter(line -> line.thread.equals(Thread.currentThread()))
        .map(Line::text)
        .toList();
  }

  /// The first of the kept lines, which names the cause; those after it only pass it on.
  synchronized String cause() {
    return lines().stream().findFirst().orElse("llama.cpp gave no reason");
  }
}
