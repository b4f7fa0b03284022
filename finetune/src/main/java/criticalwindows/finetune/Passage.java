package criticalwindows.finetune;

import criticalwindows.model.Tokens;

/// A text that a model reads from its first token, and the tokens whose probabilities matter.
///
/// @param ids what is read, at least one token
/// @param targets at least one
public record Passage(Tokens ids, Targets targets) {
  public Passage {
    if (ids.isEmpty() || targets.size() == 0 || targets.lastPlace() >= ids.size()) {
      throw new IllegalArgumentException(
          targets.size() + " targets up to " + targets.lastPlace() + " of " + ids.size());
    }
  }
}
