package criticalwindows.cli;

import criticalwindows.model.Message;
import criticalwindows.view.TerminalText;
import java.io.PrintStream;
import java.util.List;

/// What a model is told, as people read it.
final class Conversation {
  private Conversation() {}

  static void say(PrintStream out, List<Message> messages) {
    messages.forEach(message -> say(out, message));
  }

  /// Line by line, for what a data set holds is as hostile in a terminal as what a model writes.
  private static void say(PrintStream out, Message message) {
    out.println("[" + message.role().word() + "]");
    message
        .text()
        .lines()
        .forEach(line -> out.println((line.startsWith(" ") ? " " : "") + TerminalText.line(line)));
  }
}
