package criticalwindows.cot;

import criticalwindows.outcome.Outcome;
import criticalwindows.rollout.Sample;
import java.util.Optional;

/// One continuation and what it came to.
///
/// @param response its first row
/// @param reply to the question for the answer; absent where none was asked
public record Resample(Sample response, Optional<Sample> reply, Outcome outcome) {
  /// Whether what it wrote is at hand: of an imported one often its outcome is all that is known.
  public boolean told() {
    return response.turn() == Sample.Turn.RESPONSE;
  }
}
