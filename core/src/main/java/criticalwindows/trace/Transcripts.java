package criticalwindows.trace;

import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Conversations of several turns as texts: each of the assistant's turns is one of its own, behind
/// all that was said before it. What users and tools said stands in prompts and is never written
/// anew.
public final class Transcripts {
  private Transcripts() {}

  /// Every turn of the assistant that was given, in order, named `ID/turn-K` with its number among
  /// the assistant's turns. A turn without words, or with nothing before it, is left out; so is a
  /// turn to come, unless there is no other. What is no conversation stays as it is.
  public static List<Trace> turns(List<Trace> traces) {
    return traces.stream().flatMap(trace -> of(trace).stream()).toList();
  }

  private static List<Trace> of(Trace trace) {
    return trace.before() instanceof Before.Turns(List<Message> messages)
        ? of(trace, messages)
        : List.of(trace);
  }

  private static List<Trace> of(Trace trace, List<Message> messages) {
    List<Trace> turns = new ArrayList<>();
    int number = 0;
    // A last turn of the assistant is unfinished: the response goes on with it.
    for (int i = 0; i < messages.size() - 1; i++) {
      Message message = messages.get(i);
      if (message.role() == Message.Role.ASSISTANT) {
        number++;
        if (i > 0 && !message.text().isBlank()) {
          turns.add(turn(trace, number, messages.subList(0, i), message.text()));
        }
      }
    }
    if (turns.isEmpty() || !(trace.source() instanceof Sources.Sampled)) {
      turns.add(
          new Trace(
              trace.place(),
              Optional.of(name(trace, number + 1)),
              trace.before(),
              trace.source(),
              trace.finish(),
              trace.outcome(),
              trace.family()));
    }
    return turns;
  }

  private static Trace turn(Trace trace, int number, List<Message> before, String text) {
    return new Trace(
        trace.place() + ", turn " + number,
        Optional.of(name(trace, number)),
        new Before.Turns(before),
        new Sources.Text(text),
        FinishReason.STOP,
        Optional.empty(),
        trace.family());
  }

  private static String name(Trace trace, int number) {
    return trace.id().orElseGet(() -> trace.place().replace(' ', '-')) + "/turn-" + number;
  }
}
