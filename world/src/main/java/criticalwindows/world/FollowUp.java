package criticalwindows.world;

/// What is replied to the question for the answer alone, which follows a reasoning, an early answer
/// of one, or nothing.
///
/// The answer itself is drawn from [Posterior#answers] of what was written before: one answer after
/// a finished reasoning, the posterior at the cut after an early answer, the prior for a direct
/// answer.
public final class FollowUp {
  private FollowUp() {}

  /// The reply after a finished reasoning: the answer alone.
  public static String afterReasoning(String answer) {
    return Conclusion.statement(answer);
  }

  /// The reply after an early answer, or with no reasoning at all. Where there are options it says
  /// the value first, then walks through them.
  public static String guess(Question question, String answer) {
    if (question.options().isEmpty()) {
      return Conclusion.statement(answer);
    }
    return "The best guess is "
        + question.valueOf(answer)
        + "."
        + Conclusion.walk(question.options(), answer)
        + " "
        + Conclusion.statement(answer);
  }
}
