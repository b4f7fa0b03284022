package criticalwindows.noise;

import criticalwindows.model.Tokens;

/// A response behind the prompt it answers, as the ids that were fed and sampled.
///
/// @param whole the prompt and the response, without the stop token
/// @param prompt tokens of the prompt, at least one
public record Rollout(Tokens whole, int prompt) {
  public Rollout {
    if (prompt < 1 || prompt > whole.size()) {
      throw new IllegalArgumentException(
          "a prompt of " + prompt + " tokens, of " + whole.size() + " in all");
    }
  }

  /// A response to a prompt.
  ///
  /// @param prompt at least one token
  /// @param response without the stop token; may be empty
  public static Rollout of(Tokens prompt, Tokens response) {
    return new Rollout(prompt.plus(response), prompt.size());
  }

  /// The response alone.
  public Tokens response() {
    return whole.slice(prompt, whole.size());
  }

  /// The noised rollout: the prompt and the response's first `kept` tokens. All of them share their
  /// tokens, so that many cuts of a long response take no more memory than one.
  ///
  /// @param kept in [0, response length]
  public Tokens noised(int kept) {
    return whole.prefix(prompt + kept);
  }
}
