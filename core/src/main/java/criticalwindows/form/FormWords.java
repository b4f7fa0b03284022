package criticalwindows.form;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/// A text as words: runs of letters, marks and digits in lower case, so that spaces, capitals,
/// punctuation and emphasis make no difference.
final class FormWords {
  private FormWords() {}

  static List<String> in(String text) {
    String line = line(text).strip();
    return line.isEmpty() ? List.of() : List.of(line.split(" "));
  }

  /// The words with one space wherever anything stands between, before or behind them.
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int from = at;
      while (at < text.length() && partOfWord(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      if (at > from) {
        line.append(plain(text.substring(from, at)));
      } else {
        at += Character.charCount(text.codePointAt(at));
        if (line.isEmpty() || line.charAt(line.length() - 1) != ' ') {
          line.append(' ');
        }
      }
    }
    return line.toString();
  }

  private static boolean partOfWord(int point) {
    return Character.isLetterOrDigit(point)
        || Character.getType(point) == Character.NON_SPACING_MARK;
  }

  private static String plain(String word) {
    return Normalizer.normalize(word, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
