package criticalwindows.llamacpp;

import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampler;
import criticalwindows.model.Tokens;

/// Log-probabilities of a given text.
final class Scorer {
  private Scorer() {}

  /// Reads the text in pieces as long as there are rows of logits for.
  static LogProbs score(Scheduler.Engine engine, Tokens tokens, Sampler sampler) {
    Context context = engine.context();
    // Kept texts take the lower half at most.
    int sequence = context.shape().sequences() - 1;
    context.clear(sequence);
    float[] row = new float[engine.vocabulary()];
    float[] scores = new float[tokens.size() - 1];
    try {
      for (int from = 0; from < scores.length; from += context.shape().rows()) {
        int to = Math.min(scores.length, from + context.shape().rows());
        for (int at = from; at < to; at++) {
          context.ask(tokens.at(at), sequence);
        }
        engine.tally().decoded(context.decode());
        for (int at = from; at < to; at++) {
          context.row(at - from, row);
          scores[at] = sampler.logProb(row, tokens.at(at + 1));
        }
      }
      return LogProbs.of(scores);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while scoring", e);
    } finally {
      context.clear(sequence);
    }
  }
}
