package criticalwindows.outcome;

import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;

/// Says what responses came to. A run has one scorer, and everything that is found in it goes by
/// that one.
@FunctionalInterface
public interface Scorer {
  /// What a response came to.
  ///
  /// @param finish of the response
  /// @param reply the text of its last turn: the answer that was asked for, or else the response
  Outcome of(Problem item, FinishReason finish, String reply);
}
