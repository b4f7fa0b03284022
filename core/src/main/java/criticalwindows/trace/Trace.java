package criticalwindows.trace;

import criticalwindows.model.FinishReason;
import java.util.Optional;

/// A response and what came before it, as somebody gave them.
///
/// @param place of it, for people: `line 3`
/// @param id by which its giver knows it
/// @param finish of the response
/// @param outcome that was recorded with it, by its name
public record Trace(
    String place,
    Optional<String> id,
    Before before,
    Source source,
    FinishReason finish,
    Optional<String> outcome) {}
