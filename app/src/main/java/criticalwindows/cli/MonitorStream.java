package criticalwindows.cli;

import criticalwindows.alarm.GrowingText;
import criticalwindows.console.Console;
import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import criticalwindows.monitor.Followed;
import criticalwindows.monitor.Monitor;
import criticalwindows.prompt.Prompter;
import criticalwindows.reading.StreamLine;
import criticalwindows.reading.StreamLine.Piece;
import criticalwindows.reading.StreamLine.Words;
import criticalwindows.trace.Trace;
import criticalwindows.view.TerminalText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Responses that come in pieces, several at once. A line that cannot be used is told and passed
/// over; the others are watched on.
final class MonitorStream {
  /// The most letters of a line; what is longer is passed over.
  private static final int LONGEST = 4 << 20;

  /// The most responses that are open at once.
  private static final int MOST_OPEN = 1000;

  private final Console console;
  private final Monitor monitor;
  private final Prompter prompter;
  private final Alarms alarms;
  private final int context;
  private final Map<String, Open> open = new LinkedHashMap<>();
  private int lines;
  private int faults;

  /// A response that has not ended.
  private record Open(Followed response, GrowingText text, String group, int prompt) {}

  /// @param context the most tokens of a text
  MonitorStream(Console console, Monitor monitor, Prompter prompter, Alarms alarms, int context) {
    this.console = console;
    this.monitor = monitor;
    this.prompter = prompter;
    this.alarms = alarms;
    this.context = context;
  }

  /// Reads lines until there are no more.
  ///
  /// @return how many could not be used
  int read(InputStream in) throws InterruptedException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (Optional<String> line = line(reader); line.isPresent(); line = line(reader)) {
        String text = line.get();
        lines++;
        if (!text.isBlank()) {
          String place = "stdin, line " + lines;
          guarded(() -> take(place, text));
        }
      }
    } catch (IOException e) {
      console.err().println("error: stdin cannot be read: " + TerminalText.line(e.toString()));
      console.err().println("hint: what came before was watched");
      faults++;
    }
    close();
    return faults;
  }

  /// A line without its end; a longer one is cut, and is no JSON then.
  private static Optional<String> line(BufferedReader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = reader.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = reader.read()) {
      if (line.length() < LONGEST) {
        line.append((char) next);
      }
    }
    return Optional.of(line.toString());
  }

  private void take(String place, String line) throws InterruptedException {
    if (line.length() >= LONGEST) {
      throw new UserError(
          place + " has more than " + LONGEST + " letters", "give a response in shorter pieces");
    }
    switch (StreamLine.read(place, line)) {
      case StreamLine.Whole(Trace trace) -> whole(trace, place);
      case Piece piece -> take(piece, place);
    }
  }

  private void whole(Trace trace, String place) throws InterruptedException {
    Tokens response =
        trace
            .source()
            .response(prompter)
            .orElseThrow(
                () -> new UserError(place + ": a text without a response", StreamLine.HINT));
    String id = trace.id().orElse(place);
    take(
        new Piece(id, Optional.of(trace.before()), trace.family(), new Words.Ids(response), true),
        place);
  }

  private void take(Piece piece, String place) throws InterruptedException {
    piece
        .begins()
        .ifPresent(
            before -> {
              if (open.containsKey(piece.id())) {
                throw new UserError(
                    place + ": the response " + piece.id() + " has begun already",
                    "say what stands before a response once, in its first piece");
              }
              begin(piece, before.prompt(prompter), place);
            });
    Open response = open.get(piece.id());
    if (response == null) {
      throw new UserError(
          place + ": the response " + piece.id() + " has not begun, or has ended",
          "say what stands before it in its first piece: {\"id\": …, \"messages\": […]}");
    }
    if (response.response.failure().isEmpty()) {
      goOn(response, piece, place);
    }
    if (piece.end()) {
      open.remove(piece.id());
      alarms.ended(response.response, response.group);
    }
  }

  private void begin(Piece piece, Tokens prompt, String place) {
    if (open.size() == MOST_OPEN) {
      throw new UserError(
          place + ": " + MOST_OPEN + " responses are open",
          "end some, with {\"id\": …, \"done\": true}");
    }
    open.put(
        piece.id(),
        new Open(
            monitor.begin(piece.id(), prompt),
            new GrowingText(prompter),
            piece.family().orElse(MonitoredTexts.OTHERS),
            prompt.size()));
  }

  private void goOn(Open response, Piece piece, String place) throws InterruptedException {
    Followed followed = response.response;
    GrowingText.Next next = response.text.add(piece.words(), piece.end());
    if (next.kept() < followed.read().size()) {
      followed.rewind(next.kept());
    }
    if (next.next().isEmpty()) {
      return;
    }
    if (monitor.mostTokens(response.prompt + next.kept() + next.next().size()) > context) {
      followed.fail("it is longer than the " + context + " tokens that the models read");
    } else {
      Monitor.More more = piece.end() ? Monitor.More.NONE : Monitor.More.COMES;
      monitor.read(List.of(new Monitor.Piece(followed, next.next(), more)));
      alarms.look(followed, response.group, next.kept());
    }
    followed
        .failure()
        .ifPresent(
            why -> {
              throw new UserError(
                  place + ": the response " + piece.id() + " is watched no more: " + why,
                  "what was read of it stands, and the others are watched on");
            });
  }

  /// Takes a piece; if it cannot be used, that is told, and the others are watched on.
  void offer(Piece piece, String place) throws InterruptedException {
    guarded(() -> take(piece, place));
  }

  /// Ends what was left open.
  void close() {
    open.values().forEach(left -> alarms.ended(left.response, left.group));
    open.clear();
  }

  private interface Work {
    void done() throws InterruptedException;
  }

  /// Tells of a fault in two lines, and goes on.
  private void guarded(Work work) throws InterruptedException {
    try {
      work.done();
    } catch (UserError e) {
      fault(e);
    }
  }

  /// Tells of a fault in two lines.
  void fault(UserError e) {
    faults++;
    console.err().println("error: " + TerminalText.line(String.valueOf(e.getMessage()), 300));
    console.err().println("hint: " + TerminalText.line(e.hint(), 300));
  }

  /// What could not be used.
  int faults() {
    return faults;
  }
}
