package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.finetune.LossRow;
import criticalwindows.finetune.Training;
import criticalwindows.rollout.Budget;
import criticalwindows.view.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// How far a training is, on one line: steps, loss, tokens a second, time left. Redrawn where
/// somebody watches, else written every few seconds.
final class TrainingLine implements Training.Watch {
  private static final Duration WATCHED = Duration.ofMillis(200);
  private static final Duration LOGGED = Duration.ofSeconds(10);

  private final Console console;
  private final Instant begun;
  private Instant drawn;

  TrainingLine(Console console) {
    this.console = console;
    begun = console.clock().instant();
    drawn = begun;
  }

  @Override
  public void at(Training.State state) {
    Instant now = console.clock().instant();
    boolean last = state.row().step() == state.steps();
    Duration pause = console.live() ? WATCHED : LOGGED;
    if (last || Duration.between(drawn, now).compareTo(pause) >= 0) {
      drawn = now;
      String line = line(state, Duration.between(begun, now).toMillis() / 1000.0);
      console.err().print(console.live() ? "\r\u001b[K" + line : line + "\n");
      if (last && console.live()) {
        console.err().println();
      }
    }
  }

  /// Ends a line that would be drawn again, so that an error stands on one of its own.
  void left() {
    if (console.live()) {
      console.err().println();
    }
  }

  private static String line(Training.State state, double seconds) {
    LossRow row = state.row();
    int steps = state.steps();
    long tokens = row.tokens() - state.before().tokens();
    int done = row.step() - state.before().step();
    String left =
        row.step() == steps
            ? ""
            : " · "
                + Budget.spoken(
                    Duration.ofSeconds(Math.round(seconds * (steps - row.step()) / done)))
                + " left";
    return String.format(
        Locale.ROOT,
        "step %d of %d · loss %s · %s tokens, %s/s%s",
        row.step(),
        steps,
        Numbers.of(row.loss(), 3),
        Numbers.count(row.tokens()),
        Numbers.count(Math.round(tokens / Math.max(seconds, 1e-3))),
        left);
  }
}
