package criticalwindows.scoring;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.scoring.ProgramProcess.Heard;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A program that answers each line with one line. It is started when it is first asked, and again
/// after it has ended, said something else or been silent for too long; not without end: what fails
/// twice has no answer, and after some texts without an answer in a row nothing is asked any more.
///
/// One thread asks at a time; the others wait.
final class Program implements AutoCloseable {
  /// Times that one text is tried. Where the program was silent, it is not tried again.
  private static final int TRIES = 2;

  /// Texts without an answer, one after the other, after which the program is given up.
  static final int MOST_LOST = 5;

  private final List<String> command;
  private final Limits limits;
  private Optional<ProgramProcess> running = Optional.empty();
  private Optional<UserError> outOfStep = Optional.empty();
  private boolean fresh = true;
  private int lost = 0;

  Program(List<String> command, Limits limits) {
    this.command = List.copyOf(command);
    this.limits = limits;
  }

  /// How long an answer may take.
  ///
  /// @param first of the first one of a process, which may have a model to load
  /// @param other of each other one
  record Limits(Duration first, Duration other) {}

  /// What came of a try.
  private sealed interface Try {
    record Answered(Verdict.Given given) implements Try {}

    /// It may go better with a new process.
    record Failed(String why) implements Try {}

    /// It was waited for long enough.
    record Late(String why) implements Try {}
  }

  /// What it says to a line.
  ///
  /// @throws UserError where it has written more lines than it was asked, so that nobody knows what
  ///   answers what; or where the thread is interrupted
  synchronized Verdict ask(String line) {
    try {
      return answer(line);
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
      throw new UserError(
          "stopped while the program was asked: " + command.getFirst(),
          "do the same again; what has been sampled is kept",
          e);
    }
  }

  private Verdict answer(String line) throws InterruptedException {
    String why = "the program was given up after " + MOST_LOST + " texts without an answer";
    for (int i = 0; i < TRIES && lost < MOST_LOST; i++) {
      Try came = attempt(line);
      if (came instanceof Try.Answered(Verdict.Given given)) {
        lost = 0;
        return given;
      }
      end();
      if (came instanceof Try.Late(String late)) {
        lost++;
        return new Verdict.Garbled(late);
      }
      why = came instanceof Try.Failed(String failed) ? failed : why;
      if (i == TRIES - 1) {
        lost++;
      }
    }
    return new Verdict.Garbled(why);
  }

  private Try attempt(String line) throws InterruptedException {
    ProgramProcess process;
    try {
      process = inStep();
    } catch (IOException e) {
      return new Try.Failed("the program cannot be started: " + Reason.of(e));
    }
    Duration limit = fresh ? limits.first() : limits.other();
    fresh = false;
    return switch (process.ask(line, limit)) {
      case Heard.Lines(List<byte[]> lines) -> taken(lines);
      case Heard.Flood flood ->
          new Try.Failed(
              "the program wrote a line of more than " + ProgramProcess.LONGEST + " bytes");
      case Heard.End end -> new Try.Failed("the program ended (" + process.end() + ")");
      case Heard.Silence silence ->
          new Try.Late("the program gave no answer in " + seconds(limit) + " s" + process.said());
    };
  }

  /// The process that runs, where nothing is left of what it wrote; otherwise a new one.
  private ProgramProcess inStep() throws IOException {
    if (outOfStep.isPresent()) {
      throw outOfStep.get();
    }
    if (running.isPresent()) {
      Heard left = running.get().left();
      if (left instanceof Heard.Silence) {
        return running.get();
      }
      end();
      refuse(left);
    }
    ProgramProcess started = ProgramProcess.start(command);
    running = Optional.of(started);
    fresh = true;
    return started;
  }

  /// The first line counts; what came behind it ends the process, and is no answer.
  private Try taken(List<byte[]> lines) {
    if (lines.size() > 1) {
      end();
    }
    return switch (Verdict.of(lines.getFirst())) {
      case Verdict.Given given -> {
        refuse(new Heard.Lines(lines.subList(1, lines.size())));
        yield new Try.Answered(given);
      }
      case Verdict.Garbled garbled -> new Try.Failed(garbled.why());
    };
  }

  /// An answer that nobody asked for: the ones before may have been to other questions.
  private void refuse(Heard extra) {
    if (extra instanceof Heard.Lines(List<byte[]> lines)
        && lines.stream().anyMatch(line -> Verdict.of(line) instanceof Verdict.Given)) {
      UserError error =
          new UserError(
              "the program answered more often than it was asked, so its answers cannot be trusted:"
                  + " "
                  + command.getFirst(),
              "let it write one line for each line that it reads, and all else to stderr");
      outOfStep = Optional.of(error);
      throw error;
    }
  }

  /// For people.
  private static String seconds(Duration limit) {
    return BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private void end() {
    running.ifPresent(ProgramProcess::kill);
    running = Optional.empty();
  }

  /// Lets it end by itself, or else ends it.
  ///
  /// @throws UserError where it has answered more often than it was asked
  @Override
  public synchronized void close() {
    if (running.isEmpty()) {
      return;
    }
    ProgramProcess process = running.get();
    try {
      process.finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
    for (Heard left = process.left(); !(left instanceof Heard.Silence); left = process.left()) {
      refuse(left);
    }
  }
}
