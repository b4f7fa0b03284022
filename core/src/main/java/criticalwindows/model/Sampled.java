package criticalwindows.model;

import java.util.List;

/// What one [Step.Sample] wrote.
///
/// @param tokens without the stop token
/// @param logProbs one for each token and, where [FinishReason#STOP], one more for the stop token
/// @param finish why it ended
/// @param probs of the ids that were watched
/// @param entropies in nats, of the plain distribution that each of the log-probabilities belongs
///   to; empty where they were not wanted, or where a server keeps them
public record Sampled(
    Tokens tokens,
    LogProbs logProbs,
    FinishReason finish,
    WatchedLogProbs probs,
    List<Float> entropies) {
  public Sampled {
    int expected = tokens.size() + (finish == FinishReason.STOP ? 1 : 0);
    if (logProbs.size() != expected) {
      throw new IllegalArgumentException(
          logProbs.size() + " log-probabilities for " + expected + " drawn tokens");
    }
    entropies = List.copyOf(entropies);
    if (!entropies.isEmpty() && entropies.size() != expected) {
      throw new IllegalArgumentException(
          entropies.size() + " entropies for " + expected + " drawn tokens");
    }
  }

  /// What was written, with no entropies.
  public Sampled(Tokens tokens, LogProbs logProbs, FinishReason finish, WatchedLogProbs probs) {
    this(tokens, logProbs, finish, probs, List.of());
  }

  /// What was written with nothing watched.
  public Sampled(Tokens tokens, LogProbs logProbs, FinishReason finish) {
    this(tokens, logProbs, finish, WatchedLogProbs.NONE);
  }
}
