package criticalwindows.scoring;

import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import java.util.List;

/// Responses to one question.
final class Texts {
  static final Problem ITEM = Problem.open("mine", "talk", "Is it safe?");

  private Texts() {}

  static Outcome of(String spec, String response) {
    return of(scorer(spec), response);
  }

  static Outcome of(Scorer scorer, String response) {
    return scorer.of(ITEM, Said.response(FinishReason.STOP, response));
  }

  static String show(String spec, String response) {
    return of(spec, response).show();
  }

  static String show(Scorer scorer, String response) {
    return of(scorer, response).show();
  }

  /// Of a kind that starts nothing.
  static Scorer scorer(String spec) {
    return Outcomes.parse(List.of(spec)).searched().scorer();
  }
}
