package criticalwindows.train;

import criticalwindows.cli.Main;
import criticalwindows.console.Console;
import criticalwindows.console.Gradients;
import criticalwindows.torch.TorchProbeFitter;
import criticalwindows.torch.TorchWhiteBoxes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// What a command said, and its exit code.
record Spoken(int code, String out, String err) {
  /// Runs a command as `./cw train` does.
  static Spoken of(String... words) {
    return until("\n\n", words);
  }

  /// The same, with an interrupt as soon as it says something: Ctrl-C.
  static Spoken until(String said, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    AtomicInteger seconds = new AtomicInteger();
    // A clock that moves on each time it is read has every step shown.
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new Interrupting(err, said),
            true,
            () -> Instant.ofEpochSecond(seconds.incrementAndGet()));
    int code =
        Main.execute(
            console,
            new Gradients(Optional.of(new TorchWhiteBoxes()), Optional.of(new TorchProbeFitter(1))),
            words);
    return new Spoken(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static final class Interrupting extends PrintStream {
    private final String said;

    Interrupting(ByteArrayOutputStream out, String said) {
      super(out, true, StandardCharsets.UTF_8);
      this.said = said;
    }

    @Override
    public void print(String text) {
      super.print(text);
      if (text.contains(said)) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// The two lines of an error.
  List<String> error() {
    return err.lines().filter(line -> line.matches("(error|hint): .*")).toList();
  }
}
