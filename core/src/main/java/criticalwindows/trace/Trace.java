package criticalwindows.trace;

import criticalwindows.model.FinishReason;
import java.util.Optional;

/// A response and what came before it, as somebody gave them.
///
/// @param place of it, for people: `line 3`
/// @param id by which its giver knows it
/// @param finish of the response
/// @param outcome that was recorded with it, by its name
/// @param family of texts that it belongs to, such as a family of attacks
public record Trace(
    String place,
    Optional<String> id,
    Before before,
    Source source,
    FinishReason finish,
    Optional<String> outcome,
    Optional<String> family) {
  /// A text that belongs to no family.
  public Trace(
      String place,
      Optional<String> id,
      Before before,
      Source source,
      FinishReason finish,
      Optional<String> outcome) {
    this(place, id, before, source, finish, outcome, Optional.empty());
  }
}
