package criticalwindows.benchmark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The answer in the box of a solution in LaTeX.
final class Boxed {
  private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)(?![a-zA-Z])\\s*");

  private Boxed() {}

  /// What the last `\boxed` or `\fbox` holds: what is in its braces, or, without braces, what
  /// follows up to the end of the formula.
  ///
  /// @throws Unreadable if there is none, or it is empty, or its braces do not close
  static String last(String solution) throws Unreadable {
    Matcher boxes = BOX.matcher(solution);
    int from = -1;
    while (boxes.find()) {
      from = boxes.end();
    }
    if (from < 0) {
      throw new Unreadable("has no \\boxed answer in its solution");
    }
    boolean braces = solution.startsWith("{", from);
    int end = braces ? closing(solution, from) : solution.indexOf('$', from);
    String answer = end < 0 ? "" : solution.substring(braces ? from + 1 : from, end).strip();
    if (answer.isEmpty()) {
      throw new Unreadable("has a \\boxed answer that is empty or does not end");
    }
    return answer;
  }

  /// The brace that closes the one at a place; -1 if none does.
  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '{' -> depth++;
        case '}' -> {
          depth--;
          if (depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return -1;
  }
}
