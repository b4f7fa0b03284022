package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.download.Hub;
import criticalwindows.download.HubSettings;
import criticalwindows.view.TerminalText;
import java.util.List;

/// The hub as the command line uses it, and what is said of a data set beside its problems.
final class Hubs {
  private static final int MOST_NOTES = 10;

  private Hubs() {}

  /// By this process's environment; whoever has to wait is told why.
  static Hub of(Console console) {
    return new Hub(
        HubSettings.standard(),
        (time, why) -> {
          String wait = TerminalText.line(why) + ": trying again in " + time.toSeconds() + " s";
          console.err().println(wait);
          Thread.sleep(time);
        });
  }

  static void say(Console console, List<String> notes) {
    notes.stream()
        .limit(MOST_NOTES)
        .forEach(note -> console.err().println("note: " + TerminalText.line(note)));
    if (notes.size() > MOST_NOTES) {
      console.err().println("note: and " + (notes.size() - MOST_NOTES) + " more");
    }
  }
}
