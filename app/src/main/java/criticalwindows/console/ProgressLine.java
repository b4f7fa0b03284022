package criticalwindows.console;

import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Progress;
import criticalwindows.view.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/// How far a run is, on one line: problems, scripts, tokens, tokens per second, time left. Redrawn
/// where somebody watches, else written every few seconds.
public final class ProgressLine implements Progress {
  private static final Duration WATCHED = Duration.ofMillis(200);
  private static final Duration LOGGED = Duration.ofSeconds(10);

  private final Console console;
  private final Supplier<String> traffic;
  private final Instant begun;
  private Instant drawn;
  private long scriptsBefore = -1;

  /// @param traffic said at the end of each line
  public ProgressLine(Console console, Supplier<String> traffic) {
    this.console = console;
    this.traffic = traffic;
    this.begun = console.clock().instant();
    this.drawn = begun;
  }

  @Override
  public void at(State state) {
    if (scriptsBefore < 0) {
      scriptsBefore = state.scriptsDone();
    }
    Instant now = console.clock().instant();
    boolean last = state.problemsDone() == state.problems();
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

  private String line(State state, double seconds) {
    String scripts =
        state.scripts() == 0
            ? Numbers.count(state.scriptsDone())
            : Numbers.count(state.scriptsDone()) + " of " + Numbers.count(state.scripts());
    return String.format(
        Locale.ROOT,
        "%d of %d problems · %s rollouts · %s tokens, %s/s%s",
        state.problemsDone(),
        state.problems(),
        scripts,
        Numbers.count(state.sampledTokens()),
        Numbers.count(Math.round(state.sampledTokens() / Math.max(seconds, 1e-3))),
        left(state, seconds) + traffic.get());
  }

  private String left(State state, double seconds) {
    long now = state.scriptsDone() - scriptsBefore;
    if (now == 0 || state.scripts() == 0 || state.scriptsDone() >= state.scripts()) {
      return "";
    }
    return " · "
        + Budget.spoken(
            Duration.ofSeconds(Math.round(seconds * (state.scripts() - state.scriptsDone()) / now)))
        + " left";
  }
}
