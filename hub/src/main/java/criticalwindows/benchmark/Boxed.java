package criticalwindows.benchmark;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The answer in the boxes of a solution in LaTeX.
final class Boxed {
  private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)(?![a-zA-Z])\\s*");

  private static final Pattern DENIED = Pattern.compile("(?i)\\bnot[\\s$]*$");

  private Boxed() {}

  /// What the boxes of a solution hold, each once, with commas between them where there are
  /// several: what is in the braces of a `\boxed` or `\fbox`, or, without braces, what follows up
  /// to the end of the formula. A box behind "not" is no answer.
  ///
  /// @throws Unreadable if there is none, or the last one is empty, or its braces do not close
  static String answer(String solution) throws NotAProblem {
    Matcher boxes = BOX.matcher(solution);
    Set<String> answers = new LinkedHashSet<>();
    String last = "";
    int until = 0;
    while (boxes.find()) {
      boolean within = boxes.start() < until;
      if (!within && !DENIED.matcher(before(solution, boxes.start())).find()) {
        int end = end(solution, boxes.end());
        last = end < 0 ? "" : inside(solution, boxes.end(), end);
        answers.add(last);
        until = end < 0 ? until : end;
      }
    }
    if (answers.isEmpty()) {
      throw new NotAProblem("has no \\boxed answer in its solution");
    }
    if (last.isEmpty()) {
      throw new NotAProblem("has a \\boxed answer that is empty or does not end");
    }
    answers.remove("");
    return String.join(", ", answers);
  }

  private static String before(String solution, int box) {
    return solution.substring(Math.max(0, box - 10), box);
  }

  private static int end(String solution, int from) {
    return solution.startsWith("{", from) ? closing(solution, from) : solution.indexOf('$', from);
  }

  private static String inside(String solution, int from, int end) {
    return solution.substring(solution.startsWith("{", from) ? from + 1 : from, end).strip();
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
