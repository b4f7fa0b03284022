package criticalwindows.console;

import criticalwindows.view.TerminalText;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;

/// Where a command speaks and what time it is.
///
/// @param out for results
/// @param err for progress, errors and hints
/// @param live whether somebody watches `err`, so that a line may be redrawn
/// @param clock the wall clock; results never depend on it
public record Console(PrintStream out, PrintStream err, boolean live, InstantSource clock) {
  /// Says what could not be worked out.
  public void warn(List<String> faults) {
    faults.forEach(fault -> err.println("warning: " + TerminalText.line(fault)));
  }

  /// What is said when work was interrupted, below the line that its progress was on.
  public Runnable stopped(String advice) {
    return () -> {
      err.println();
      err.println(advice);
      err.flush();
    };
  }
}
