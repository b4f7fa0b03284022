package criticalwindows.dataset;

import criticalwindows.model.FinishReason;
import criticalwindows.model.Tokens;
import java.util.Optional;

/// A text as token ids, which are used as they are: nothing is made from a question, and nothing is
/// tokenised again.
///
/// @param prompt all that comes before the response, at least one token
/// @param response without the stop token; absent where the model is to write it
/// @param finish of the response; [FinishReason#LENGTH] where it was cut off before its end
public record GivenText(Tokens prompt, Optional<Tokens> response, FinishReason finish) {
  public GivenText {
    if (prompt.isEmpty()) {
      throw new IllegalArgumentException("a text has a prompt");
    }
  }
}
