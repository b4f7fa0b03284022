package criticalwindows.world;

import java.util.List;

/// How every reasoning ends.
final class Conclusion {
  private Conclusion() {}

  /// Writes the answer. Among options it is found by walking through them in order, which a small
  /// model can do by copying forward alone.
  static void write(ProgramSource source, List<String> options, String answer) {
    if (!options.isEmpty()) {
      source.write(walk(options, answer));
    }
    source.write(" " + statement(answer));
  }

  /// The options up to the one that is named.
  static String walk(List<String> options, String answer) {
    StringBuilder walk = new StringBuilder(" We check the options:");
    int last = answer.charAt(1) - 'A';
    for (int i = 0; i <= last; i++) {
      walk.append(" (").append((char) ('A' + i)).append(") ").append(options.get(i));
      walk.append(i == last ? ", yes." : ", no.");
    }
    return walk.toString();
  }

  static String statement(String answer) {
    return "The answer is " + answer + ".";
  }
}
