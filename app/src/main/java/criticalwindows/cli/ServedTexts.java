package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Message;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.reading.StreamLine.Piece;
import criticalwindows.reading.StreamLine.Words;
import criticalwindows.reading.Texts;
import criticalwindows.reading.TraceFiles;
import criticalwindows.remote.RemoteOptions;
import criticalwindows.remote.StreamedReplies;
import criticalwindows.remote.StreamedReplies.Event;
import criticalwindows.remote.StreamedReplies.Prompt;
import criticalwindows.rollout.Key;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import criticalwindows.trace.Tracing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Responses that a server writes while they are watched. The models belong to the thread that
/// watches; the calls are on others.
final class ServedTexts {
  private final MonitoredTexts.Source source;
  private final Map<String, Asked> all = new LinkedHashMap<>();
  private final Set<String> begun = new HashSet<>();

  /// A response to come.
  ///
  /// @param prompt as the models read it
  private record Asked(Before before, Tokens prompt, Optional<String> family) {}

  private ServedTexts(MonitoredTexts.Source source) {
    this.source = source;
  }

  /// @param source of what is asked, how long responses may be, and of their seeds
  /// @param model by whose template the prompts are read here
  static ServedTexts read(Console console, MonitoredTexts.Source source, Model model) {
    Texts texts = TraceFiles.read(source.texts());
    Hubs.say(console, texts.notes());
    List<Trace> open = texts.traces().stream().map(ServedTexts::open).toList();
    long given =
        texts.traces().stream().filter(each -> !(each.source() instanceof Sources.Sampled)).count();
    if (given > 0) {
      String note = given + " of " + open.size() + " texts have a response; it is ignored";
      Hubs.say(console, List.of(note + ", and the server writes another"));
    }
    List<Problem> items = Tracing.of(model, open, source.texts().toString()).items();
    ServedTexts served = new ServedTexts(source);
    for (int i = 0; i < items.size(); i++) {
      Trace trace = open.get(i);
      GivenText text = items.get(i).given().orElseThrow();
      served.all.put(items.get(i).id(), new Asked(trace.before(), text.prompt(), trace.family()));
    }
    return served;
  }

  private static Trace open(Trace trace) {
    return new Trace(
        trace.place(),
        trace.id(),
        trace.before(),
        new Sources.Sampled(),
        trace.finish(),
        Optional.empty(),
        trace.family());
  }

  /// Has them written and watched.
  void watch(RemoteOptions options, MonitorStream stream) throws InterruptedException {
    List<StreamedReplies.Asked> asked = new ArrayList<>();
    for (Map.Entry<String, Asked> each : all.entrySet()) {
      try {
        Prompt prompt = prompt(each.getKey(), each.getValue().before());
        long seed = Key.original(each.getKey()).seed(source.seed());
        asked.add(new StreamedReplies.Asked(each.getKey(), prompt, seed));
      } catch (UserError e) {
        stream.fault(e);
      }
    }
    String place = options.servers().getFirst().toString();
    try (StreamedReplies replies = StreamedReplies.open(options, source.most())) {
      replies.hear(asked, event -> take(event, place, stream));
    }
  }

  private static Prompt prompt(String id, Before before) {
    return switch (before) {
      case Before.Ids(Tokens ids) -> new Prompt.Ids(ids);
      case Before.Text(String text) -> new Prompt.Words(text);
      case Before.Turns(List<Message> turns)
          when turns.getLast().role() != Message.Role.ASSISTANT ->
          new Prompt.Turns(turns);
      case Before.Turns _ ->
          throw new UserError(
              id + ": its last turn is the assistant's, and not every server goes on with it",
              "give its prompt_token_ids; the others are asked");
      case Before.Rendered _, Before.Templated _ ->
          throw new UserError(
              id + ": a chat template has made its prompt, and servers read such texts differently",
              "give its turns as messages, or its prompt_token_ids; the others are asked");
    };
  }

  private void take(Event event, String place, MonitorStream stream) throws InterruptedException {
    switch (event) {
      case Event.Piece(String id, String text) -> stream.offer(piece(id, Optional.of(text)), place);
      case Event.Ended(String id) -> stream.offer(piece(id, Optional.empty()), place);
      case Event.Failed(String id, String reason, String hint) -> {
        stream.fault(new UserError(id + ": " + reason, hint));
        if (begun.contains(id)) {
          stream.offer(piece(id, Optional.empty()), place);
        }
      }
    }
  }

  /// @param text absent at the end
  private Piece piece(String id, Optional<String> text) {
    Asked asked = Optional.ofNullable(all.get(id)).orElseThrow();
    Optional<Before> begins =
        begun.add(id) ? Optional.of(new Before.Ids(asked.prompt())) : Optional.empty();
    return new Piece(id, begins, asked.family(), new Words.Text(text.orElse("")), text.isEmpty());
  }
}
