package criticalwindows.reminders;

import criticalwindows.model.Tokens;
import criticalwindows.world.Request;
import java.util.Optional;

/// Something that a model is asked.
///
/// @param text of the question or request
/// @param prompt all that comes before what the model writes
/// @param forbidden the request where it is to be refused; absent for all else
record Prompted(String text, Tokens prompt, Optional<Request> forbidden) {}
