package criticalwindows.grade;

import criticalwindows.dataset.Problem;

/// Reads answers.
public final class Answers {
  private Answers() {}

  /// The right answer of a problem.
  public static Answer gold(Problem problem) {
    return switch (problem.form()) {
      case CHOICE -> new Answer.Label(problem.answer());
      case NUMBER -> new Answer.Numeric(new java.math.BigDecimal(problem.answer()));
    };
  }

  /// The answer a text states last.
  public static Answer read(Problem problem, String text) {
    return new Answer.Unread(
        "no answer stated in " + text.length() + " characters to " + problem.id());
  }
}
