package criticalwindows.attack;

import criticalwindows.model.FinishReason;
import criticalwindows.trace.Before;
import criticalwindows.trace.Source;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import java.util.Optional;

/// An attack as somebody has published it: a prompt that is dressed already and written in the chat
/// template of a kind of model, with the reply that this gave.
///
/// @param id of its own in its data set
/// @param family as its data set names it: `gcg`
/// @param prompt with control tokens by name
/// @param completion the reply; absent where the run's model is to write one
public record Templated(
    String id, String family, Request.Kind kind, String prompt, Optional<String> completion) {
  public Templated {
    if (id.isBlank() || family.isBlank() || prompt.isBlank()) {
      throw new IllegalArgumentException("a prompt has an id, a family and a text");
    }
  }

  /// As a text for a run.
  ///
  /// @param place for people: `line 3`
  public Trace trace(String place) {
    Source source = completion.<Source>map(Sources.Templated::new).orElseGet(Sources.Sampled::new);
    return new Trace(
        place,
        Optional.of(id),
        new Before.Templated(prompt),
        source,
        FinishReason.STOP,
        Optional.empty(),
        Optional.of(kind.group(family)));
  }
}
