package criticalwindows.intervene;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.model.FinishReason;
import criticalwindows.rollout.Sample;
import java.util.List;

/// One response that was sampled, or the rest of one.
///
/// @param tokens sampled for it and for the reply to the question for its answer, stop tokens
///   included
public record DrawnAnswer(Answer answer, int tokens) {
  /// What a script came to.
  ///
  /// @param rows its response and its answer
  static DrawnAnswer of(Problem problem, List<Sample> rows, Grader grader) {
    FinishReason finish = rows.getFirst().finish();
    return of(grader.of(problem, finish, rows.getLast().text()).answer(), rows);
  }

  static DrawnAnswer of(Answer answer, List<Sample> rows) {
    return new DrawnAnswer(answer, rows.stream().mapToInt(row -> row.logProbs().size()).sum());
  }
}
