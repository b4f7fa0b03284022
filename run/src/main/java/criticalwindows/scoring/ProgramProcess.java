package criticalwindows.scoring;

import criticalwindows.view.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One process that reads lines and writes lines. Three threads keep it from waiting for us, and us
/// from waiting for it: one writes, one reads, one reads what it says beside. What it writes is
/// bounded: nobody reads on until the lines before are taken.
final class ProgramProcess {
  /// Bytes of a line.
  static final int LONGEST = 1 << 16;

  private static final int WAITING = 4;
  private static final int SAID = 120;

  /// How long something that has ended may take to be over.
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Process process;
  private final BlockingQueue<Optional<byte[]>> toWrite = new ArrayBlockingQueue<>(2);
  private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(WAITING);
  private final Thread reader;
  private final Thread listener;
  private volatile String lastSaid = "";

  private ProgramProcess(Process process) {
    this.process = process;
    reader = new Thread(this::read, "program's answers");
    listener = new Thread(this::listen, "program's errors");
  }

  /// What a process wrote.
  sealed interface Heard {
    /// Lines that came at once, without their ends, none of them blank.
    record Lines(List<byte[]> lines) implements Heard {}

    /// A line that is too long.
    record Flood() implements Heard {}

    /// It has closed its output.
    record End() implements Heard {}

    /// Nothing for as long as it was waited for.
    record Silence() implements Heard {}
  }

  /// Starts a process. It does not get the key of model servers.
  static ProgramProcess start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("CW_API_KEY");
    ProgramProcess started = new ProgramProcess(builder.start());
    Thread writer = new Thread(started::write, "program's questions");
    for (Thread thread : List.of(writer, started.reader, started.listener)) {
      thread.setDaemon(true);
      thread.start();
    }
    return started;
  }

  /// What it has written and nobody has taken; [Heard.Silence] where there is nothing.
  Heard left() {
    Heard next = heard.poll();
    return next == null ? new Heard.Silence() : next;
  }

  /// Writes a line to it and waits for what it writes.
  Heard ask(String line, Duration limit) throws InterruptedException {
    long start = System.nanoTime();
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    if (!toWrite.offer(Optional.of(bytes), limit.toNanos(), TimeUnit.NANOSECONDS)) {
      return new Heard.Silence();
    }
    long left = limit.toNanos() - (System.nanoTime() - start);
    Heard next = heard.poll(left, TimeUnit.NANOSECONDS);
    return next == null ? new Heard.Silence() : next;
  }

  /// Closes its input and lets it end by itself, for a short while.
  void finish() throws InterruptedException {
    if (toWrite.offer(Optional.empty())) {
      process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      reader.join(process.isAlive() ? Duration.ofMillis(1) : GRACE);
    }
  }

  /// Ends it, and all that it has started.
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    var _ = toWrite.offer(Optional.empty());
    reader.interrupt();
  }

  /// How it ended, and the last line that it said beside: `exit 1: No module named torch`.
  String end() throws InterruptedException {
    if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
      return "it closed its output" + said();
    }
    listener.join(GRACE);
    return "exit " + process.exitValue() + said();
  }

  /// The last line that it said beside, after a colon; nothing where it said nothing.
  String said() {
    String line = TerminalText.line(lastSaid, SAID);
    return line.isEmpty() ? "" : ": " + line;
  }

  private void write() {
    try (OutputStream out = process.getOutputStream()) {
      Optional<byte[]> next = toWrite.take();
      while (next.isPresent()) {
        out.write(next.get());
        out.flush();
        next = toWrite.take();
      }
    } catch (IOException e) {
      // It reads no more. Its end, or its silence, is what is heard of it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (InputStream in = process.getInputStream()) {
      ByteArrayOutputStream open = new ByteArrayOutputStream();
      byte[] chunk = new byte[1 << 13];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        List<byte[]> lines = lines(open, chunk, n);
        if (!lines.isEmpty()) {
          heard.put(new Heard.Lines(lines));
        }
        if (open.size() > LONGEST) {
          heard.put(new Heard.Flood());
          return;
        }
      }
      heard.put(new Heard.End());
    } catch (IOException e) {
      var _ = heard.offer(new Heard.End());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The lines that end in a piece of the output, without blank ones.
  ///
  /// @param open what has come of a line so far; holds the rest afterwards
  private static List<byte[]> lines(ByteArrayOutputStream open, byte[] chunk, int length) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        open.write(chunk, from, i - from);
        if (!blank(open)) {
          lines.add(open.toByteArray());
        }
        open.reset();
        from = i + 1;
      }
    }
    open.write(chunk, from, length - from);
    return lines;
  }

  private static boolean blank(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.ISO_8859_1).isBlank();
  }

  /// Keeps the last line of its error output that says something.
  private void listen() {
    try (InputStream in = process.getErrorStream()) {
      StringBuilder open = new StringBuilder();
      byte[] chunk = new byte[1 << 13];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        String piece = new String(chunk, 0, n, StandardCharsets.UTF_8);
        for (String part : piece.splitWithDelimiters("\n", -1)) {
          if (part.equals("\n")) {
            open.setLength(0);
          } else if (open.length() < LONGEST) {
            open.append(part);
          }
          lastSaid = open.toString().isBlank() ? lastSaid : open.toString();
        }
      }
    } catch (IOException e) {
      // It is over.
    }
  }
}
