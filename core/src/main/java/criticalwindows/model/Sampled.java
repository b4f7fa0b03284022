package criticalwindows.model;

import java.util.List;

/// What one [Step.Sample] wrote.
///
/// @param tokens without the stop token
/// @param logProbs one for each token and, where [FinishReason#STOP], one more for the stop token
/// @param finish why it ended
/// @param probs of the ids that were watched
/// @param predictions where each of the tokens of the log-probabilities stands; empty where they
///   were not wanted, or where a server keeps them
public record Sampled(
    Tokens tokens,
    LogProbs logProbs,
    FinishReason finish,
    WatchedLogProbs probs,
    List<Prediction> predictions) {
  public Sampled {
    int expected = tokens.size() + (finish == FinishReason.STOP ? 1 : 0);
    if (logProbs.size() != expected) {
      throw new IllegalArgumentException(
          logProbs.size() + " log-probabilities for " + expected + " drawn tokens");
    }
    predictions = List.copyOf(predictions);
    if (!predictions.isEmpty() && predictions.size() != expected) {
      throw new IllegalArgumentException(
          predictions.size() + " predictions for " + expected + " drawn tokens");
    }
  }

  /// What was written, with no predictions.
  public Sampled(Tokens tokens, LogProbs logProbs, FinishReason finish, WatchedLogProbs probs) {
    this(tokens, logProbs, finish, probs, List.of());
  }

  /// What was written with nothing watched.
  public Sampled(Tokens tokens, LogProbs logProbs, FinishReason finish) {
    this(tokens, logProbs, finish, WatchedLogProbs.NONE);
  }
}
