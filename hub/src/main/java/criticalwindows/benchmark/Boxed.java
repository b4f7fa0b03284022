package criticalwindows.benchmark;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The answer in the box of a solution in LaTeX, or the answers, where the last boxes are a list.
final class Boxed {
  private static final Pattern BOX = Pattern.compile("\\\\(?:boxed|fbox)(?![a-zA-Z])\\s*");

  /// What may stand between two answers of a list: signs, commands for space and text, "and", "x
  /// =".
  private static final Pattern JOINED =
      Pattern.compile(
          "(?:[\\s$,;&{}]|\\\\(?:text|mbox|quad|qquad|hbox)(?![a-zA-Z])|\\\\[,;! ()\\[\\]]"
              + "|(?:and|or|also)(?![a-zA-Z])|[a-zA-Z](?:_\\{?[a-z0-9]\\}?)?\\s*=){0,20}+");

  private Boxed() {}

  /// The last box, with those right before it that only a comma, "and" or "or" joins to it: `x=2`
  /// or `x=3` in two boxes are two answers, and a box further up is an earlier step or another way.
  ///
  /// A box holds what is in its braces, or, without braces, what follows up to the end of the
  /// formula.
  ///
  /// @return the answers in order, each once, with commas between
  /// @throws Unreadable if there is none, or it is empty, or its braces do not close
  static String last(String solution) throws Unreadable {
    Matcher boxes = BOX.matcher(solution);
    Set<String> answers = new LinkedHashSet<>();
    int end = -1;
    boolean found = false;
    while (boxes.find()) {
      boolean behind = end >= 0 && end <= boxes.start();
      boolean joined = behind && JOINED.matcher(solution).region(end, boxes.start()).matches();
      if (!joined) {
        answers.clear();
      }
      found = true;
      end = end(solution, boxes.end());
      answers.add(inside(solution, boxes.end(), end));
    }
    if (!found) {
      throw new Unreadable("has no \\boxed answer in its solution");
    }
    if (answers.contains("")) {
      throw new Unreadable("has a \\boxed answer that is empty or does not end");
    }
    return String.join(", ", answers);
  }

  /// Where the box that begins at a place ends, its brace included; -1 where it does not.
  private static int end(String solution, int from) {
    if (!solution.startsWith("{", from)) {
      return solution.indexOf('$', from);
    }
    int close = closing(solution, from);
    return close < 0 ? -1 : close + 1;
  }

  private static String inside(String solution, int from, int end) {
    boolean braces = solution.startsWith("{", from);
    return end < 0
        ? ""
        : solution.substring(braces ? from + 1 : from, braces ? end - 1 : end).strip();
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
