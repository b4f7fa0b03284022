package criticalwindows.model;

/// What one [Step.Sample] wrote.
///
/// @param tokens without the stop token
/// @param logProbs one for each token and, where [FinishReason#STOP], one more for the stop token
/// @param finish why it ended
/// @param odds of the ids that were watched, in their order, as plain log-probabilities of the next
///   token at that place; empty where nothing was watched, where the place was not come to, or
///   where a server keeps them to itself
public record Sampled(Tokens tokens, LogProbs logProbs, FinishReason finish, LogProbs odds) {
  public Sampled {
    int expected = tokens.size() + (finish == FinishReason.STOP ? 1 : 0);
    if (logProbs.size() != expected) {
      throw new IllegalArgumentException(
          logProbs.size() + " log-probabilities for " + expected + " drawn tokens");
    }
  }

  /// What was written with nothing watched.
  public Sampled(Tokens tokens, LogProbs logProbs, FinishReason finish) {
    this(tokens, logProbs, finish, LogProbs.NONE);
  }
}
