package criticalwindows.grade;

import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;

/// The answers of replies by the standard policies, for those who need nothing else: see [Grader].
public final class Answers {
  private Answers() {}

  /// The right answer of a problem.
  public static Answer gold(Problem problem) {
    return Grader.STANDARD.gold(problem);
  }

  /// What a response came to: the answer in its follow-up turn, unless the response itself never
  /// came to an end.
  ///
  /// @param finish of the response
  /// @param answer the text of the follow-up turn
  public static Answer of(Problem problem, FinishReason finish, String answer) {
    return Grader.STANDARD.of(problem, finish, answer).answer();
  }

  /// The answer a text states last, or the whole of a text that is nothing but an answer.
  public static Answer read(Problem problem, String text) {
    return Grader.STANDARD.read(problem, text).answer();
  }
}
