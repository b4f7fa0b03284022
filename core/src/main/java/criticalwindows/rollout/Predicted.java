package criticalwindows.rollout;

import criticalwindows.model.Prediction;
import criticalwindows.model.Vocabulary;
import java.util.List;

/// A prediction, and the text of the token that was likeliest, so that it can be shown without the
/// model.
///
/// @param text as [Vocabulary#show] gives it: a control token by its name
public record Predicted(Prediction prediction, String text) {
  /// With the texts of a vocabulary.
  static List<Predicted> of(List<Prediction> predictions, Vocabulary vocabulary) {
    return predictions.stream()
        .map(prediction -> new Predicted(prediction, vocabulary.show(prediction.likeliest())))
        .toList();
  }
}
