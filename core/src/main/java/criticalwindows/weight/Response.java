package criticalwindows.weight;

import criticalwindows.model.LogProbs;
import criticalwindows.model.Prediction;
import criticalwindows.rollout.Predicted;
import criticalwindows.rollout.Sample;
import java.util.Arrays;
import java.util.List;

/// A response, and what is known of each of its tokens.
///
/// @param decided how it came to its outcome
/// @param logProbs plain log-probabilities of its tokens; none where they are not known
/// @param predictions where each of its tokens stands; none where they are not known
/// @param ratios log-likelihood ratios of its tokens, unaligned less aligned, in nats; none where
///   they are not known
public record Response(
    Decided decided, LogProbs logProbs, List<Prediction> predictions, List<Double> ratios) {
  public Response {
    predictions = List.copyOf(predictions);
    ratios = List.copyOf(ratios);
    for (int known : new int[] {logProbs.size(), predictions.size(), ratios.size()}) {
      if (known != 0 && known != decided.length()) {
        throw new IllegalArgumentException(known + " numbers of " + decided.length() + " tokens");
      }
    }
  }

  /// Of a response as it was sampled, whose stop token is left out.
  ///
  /// @param ratios as many as it has tokens, or none
  public static Response of(Decided decided, Sample original, List<Double> ratios) {
    int length = decided.length();
    LogProbs logProbs = original.logProbs();
    List<Predicted> predictions = original.predictions();
    return new Response(
        decided,
        logProbs.size() < length
            ? LogProbs.NONE
            : LogProbs.of(Arrays.copyOf(logProbs.toArray(), length)),
        predictions.size() < length
            ? List.of()
            : predictions.subList(0, length).stream().map(Predicted::prediction).toList(),
        ratios);
  }

  /// How many tokens it has.
  public int length() {
    return decided.length();
  }
}
