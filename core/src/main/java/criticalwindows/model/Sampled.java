package criticalwindows.model;

/// What one [Step.Sample] wrote.
///
/// @param tokens without the stop token
/// @param logProbs one for each token and, where [FinishReason#STOP], one more for the stop token
/// @param finish why it ended
public record Sampled(Tokens tokens, LogProbs logProbs, FinishReason finish) {
  public Sampled {
    int expected = tokens.size() + (finish == FinishReason.STOP ? 1 : 0);
    if (logProbs.size() != expected) {
      throw new IllegalArgumentException(
          logProbs.size() + " log-probabilities for " + expected + " drawn tokens");
    }
  }
}
