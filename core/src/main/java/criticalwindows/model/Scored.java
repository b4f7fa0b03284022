package criticalwindows.model;

import java.util.List;

/// What a [Step.Score] found of one text.
///
/// @param logProbs of its tokens
/// @param predictions where each of them stands; empty where they were not wanted, or where a
///   server keeps them
public record Scored(LogProbs logProbs, List<Prediction> predictions) {
  public Scored {
    predictions = List.copyOf(predictions);
    if (!predictions.isEmpty() && predictions.size() != logProbs.size()) {
      throw new IllegalArgumentException(
          predictions.size() + " predictions for " + logProbs.size() + " tokens");
    }
  }

  /// A text of which only log-probabilities are known.
  public Scored(LogProbs logProbs) {
    this(logProbs, List.of());
  }

  /// The log-probability of each whole text.
  public static LogProbs sums(List<Scored> texts) {
    float[] sums = new float[texts.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (float) texts.get(i).logProbs().sum();
    }
    return LogProbs.of(sums);
  }
}
