package criticalwindows.noise;

import criticalwindows.model.Tokens;

/// A response and the prompt it answers, as the ids that were fed and sampled.
///
/// @param prompt at least one token
/// @param response without the stop token; may be empty
public record Rollout(Tokens prompt, Tokens response) {
  public Rollout {
    if (prompt.isEmpty()) {
      throw new IllegalArgumentException("a rollout has a prompt");
    }
  }

  /// The noised rollout: the prompt and the response's first `kept` tokens.
  ///
  /// @param kept in [0, response length]
  public Tokens noised(int kept) {
    return prompt.plus(response.prefix(kept));
  }
}
