package criticalwindows.intervene;

import criticalwindows.dataset.Problem;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Sample;
import java.util.List;

/// One response that was sampled, or the rest of one.
///
/// @param tokens sampled for it and for the reply to the question for its answer, stop tokens
///   included
public record DrawnAnswer(Outcome answer, int tokens) {
  /// What a script came to.
  ///
  /// @param rows its response and its answer
  /// @param scorer that reads replies
  static DrawnAnswer of(Problem problem, List<Sample> rows, Scorer scorer) {
    Said said = Said.reply(rows.getFirst().finish(), rows.getLast().text());
    return of(scorer.of(problem, said), rows);
  }

  static DrawnAnswer of(Outcome answer, List<Sample> rows) {
    return new DrawnAnswer(answer, rows.stream().mapToInt(row -> row.logProbs().size()).sum());
  }
}
