package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.testbed.TestbedProgress;
import criticalwindows.view.Numbers;
import java.time.Duration;
import java.time.Instant;

/// How far a bench is, on one line: redrawn where somebody watches, else written now and then.
final class BenchProgress implements TestbedProgress {
  private static final Duration WATCHED = Duration.ofMillis(200);
  private static final Duration LOGGED = Duration.ofSeconds(20);

  private final Console console;
  private Instant drawn;

  BenchProgress(Console console) {
    this.console = console;
    this.drawn = console.clock().instant();
  }

  @Override
  public void at(String what, long done, long all) {
    Instant now = console.clock().instant();
    Duration pause = console.live() ? WATCHED : LOGGED;
    if (Duration.between(drawn, now).compareTo(pause) >= 0) {
      drawn = now;
      String line = what + ": " + Numbers.count(done) + " of " + Numbers.count(all);
      console.err().print(console.live() ? "\r\u001b[K" + line + "\r" : line + "\n");
    }
  }
}
