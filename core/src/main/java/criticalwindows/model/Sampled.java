package criticalwindows.model;

/// What one [Step.Sample] wrote.
///
/// @param tokens without the stop token
/// @param logProbs one for each token and, where [FinishReason#STOP], one more for the stop token
/// @param finish why it ended
/// @param odds of the ids that were watched
public record Sampled(Tokens tokens, LogProbs logProbs, FinishReason finish, Odds odds) {
  public Sampled {
    int expected = tokens.size() + (finish == FinishReason.STOP ? 1 : 0);
    if (logProbs.size() != expected) {
      throw new IllegalArgumentException(
          logProbs.size() + " log-probabilities for " + expected + " drawn tokens");
    }
  }

  /// What was written with nothing watched.
  public Sampled(Tokens tokens, LogProbs logProbs, FinishReason finish) {
    this(tokens, logProbs, finish, Odds.NONE);
  }
}
