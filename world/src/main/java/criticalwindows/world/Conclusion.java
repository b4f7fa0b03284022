package criticalwindows.world;

/// How every reasoning ends.
final class Conclusion {
  private Conclusion() {}

  /// Writes the answer that names a value. Among options it is found by walking through them in
  /// order, which a small model can do by copying forward alone.
  ///
  /// @return the answer
  static String write(Source source, Question question, String value) {
    String answer = question.answerNaming(value);
    if (!question.options().isEmpty()) {
      source.write(walk(question, answer));
    }
    source.write(" " + statement(answer));
    return answer;
  }

  /// The options up to the one that is named.
  static String walk(Question question, String answer) {
    StringBuilder walk = new StringBuilder(" We check the options:");
    int last = answer.charAt(1) - 'A';
    for (int i = 0; i <= last; i++) {
      walk.append(" (").append((char) ('A' + i)).append(") ").append(question.options().get(i));
      walk.append(i == last ? ", yes." : ", no.");
    }
    return walk.toString();
  }

  static String statement(String answer) {
    return "The answer is " + answer + ".";
  }
}
