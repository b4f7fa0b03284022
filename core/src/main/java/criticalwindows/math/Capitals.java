package criticalwindows.math;

import java.util.ArrayList;
import java.util.List;

/// Capital letters in a row: alone they are a word, and behind `\angle` and `\triangle` points in
/// their order; elsewhere they are factors, such as the lengths of a formula.
final class Capitals {
  private Capitals() {}

  static List<MathToken> joined(List<MathToken> tokens) {
    List<MathToken> joined = new ArrayList<>();
    int at = 0;
    int depth = 0;
    while (at < tokens.size()) {
      int end = run(tokens, at);
      boolean alone = depth == 0 && begins(joined) && ends(tokens, end);
      boolean points = !joined.isEmpty() && isFigure(joined.getLast());
      if (end > at + 1 && (alone || points)) {
        StringBuilder word = new StringBuilder();
        tokens.subList(at, end).forEach(letter -> word.append(letter.text()));
        MathToken.Kind kind = alone ? MathToken.Kind.WORDS : MathToken.Kind.LETTER;
        joined.add(new MathToken(kind, word.toString(), tokens.get(at).spaced()));
        at = end;
      } else {
        MathToken token = tokens.get(at);
        depth += depth(token);
        joined.add(token);
        at++;
      }
    }
    return joined;
  }

  /// Where a run of capitals without spaces ends that begins at a place.
  private static int run(List<MathToken> tokens, int at) {
    int end = at;
    while (end < tokens.size()
        && isCapital(tokens.get(end))
        && (end == at || !tokens.get(end).spaced())) {
      end++;
    }
    return end;
  }

  private static boolean isCapital(MathToken token) {
    return token.kind() == MathToken.Kind.LETTER
        && token.text().length() == 1
        && Character.isUpperCase(token.text().charAt(0));
  }

  private static boolean begins(List<MathToken> before) {
    return before.isEmpty() || isSeparator(before.getLast());
  }

  private static boolean ends(List<MathToken> tokens, int end) {
    return end >= tokens.size()
        || isSeparator(tokens.get(end))
        || (end == tokens.size() - 1 && (tokens.get(end).is(".") || tokens.get(end).is("!")));
  }

  private static boolean isSeparator(MathToken token) {
    return token.is(",") || token.is(";") || token.is("and") || token.is("or");
  }

  private static boolean isFigure(MathToken token) {
    return token.command("angle") || token.command("measuredangle") || token.command("triangle");
  }

  private static int depth(MathToken token) {
    if (token.kind() != MathToken.Kind.MARK) {
      return 0;
    }
    return switch (token.text()) {
      case "(", "[", "{", "\\{", "⟨" -> 1;
      case ")", "]", "}", "\\}", "⟩" -> -1;
      default -> 0;
    };
  }
}
