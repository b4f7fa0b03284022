package criticalwindows.trace;

import criticalwindows.model.Tokens;
import criticalwindows.prompt.Prompter;
import java.util.Optional;

/// Where a response comes from.
public interface Source {
  /// In a word, for people: `given`.
  String kind();

  /// The response, without the stop token; absent where the model of the run is to write it.
  Optional<Tokens> response(Prompter prompter);
}
