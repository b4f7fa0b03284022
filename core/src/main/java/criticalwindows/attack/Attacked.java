package criticalwindows.attack;

import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request, dressed by a [Family].
///
/// @param request what was dressed
/// @param family its name
/// @param messages the conversation up to the model's turn, the last one the user's
/// @param opening with what the model's turn is begun for it; absent where it is not
/// @param made what the family did, by name, so that it can be told and made again; [Families#SEED]
///   is the seed that it drew by
public record Attacked(
    Request request,
    String family,
    List<Message> messages,
    Optional<String> opening,
    Map<String, String> made) {
  public Attacked {
    messages = List.copyOf(messages);
    made = Collections.unmodifiableMap(new LinkedHashMap<>(made));
    if (messages.isEmpty() || messages.getLast().role() != Message.Role.USER) {
      throw new IllegalArgumentException("the last turn is the user's");
    }
    if (opening.isPresent() && opening.get().isBlank()) {
      throw new IllegalArgumentException("an opening says something");
    }
  }

  /// One turn of the user's.
  static Attacked asking(Request request, String family, String text, Map<String, String> made) {
    List<Message> messages = List.of(Message.user(text));
    return new Attacked(request, family, messages, Optional.empty(), made);
  }

  /// The id of the item that this makes: a request has one in each family.
  public String id() {
    return family + "/" + request.id();
  }

  /// By what such texts are grouped: the family, and of requests that should be answered their kind
  /// too.
  public String group() {
    return request.kind().group(family);
  }

  /// The same, with one thing more that was done.
  public Attacked with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(made);
    more.put(name, value);
    return new Attacked(request, family, messages, opening, more);
  }

  /// As a text whose response the model is to write.
  ///
  /// @param place for people: `line 3`
  public Trace trace(String place) {
    List<Message> turns = new ArrayList<>(messages);
    opening.ifPresent(begun -> turns.add(Message.assistant(begun)));
    return new Trace(
        place,
        Optional.of(id()),
        new Before.Turns(turns),
        new Sources.Sampled(),
        FinishReason.STOP,
        Optional.empty(),
        Optional.of(group()));
  }
}
