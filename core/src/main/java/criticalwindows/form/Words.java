package criticalwindows.form;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A text as words: runs of letters, marks and digits in lower case, so that spaces, capitals,
/// punctuation and emphasis make no difference.
final class Words {
  private Words() {}

  /// A word and where it stands.
  ///
  /// @param from its first character
  /// @param to behind its last one
  record Word(String text, int from, int to) {}

  static List<String> in(String text) {
    return placed(text).stream().map(Word::text).toList();
  }

  /// The words with their places in the text as it was given.
  static List<Word> placed(String text) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int from = at;
      while (at < text.length() && partOfWord(text.codePointAt(at))) {
        at += Character.charCount(text.codePointAt(at));
      }
      if (at > from) {
        words.add(new Word(plain(text.substring(from, at)), from, at));
      } else {
        at += Character.charCount(text.codePointAt(at));
      }
    }
    return words;
  }

  private static boolean partOfWord(int point) {
    return Character.isLetterOrDigit(point)
        || Character.getType(point) == Character.NON_SPACING_MARK;
  }

  private static String plain(String word) {
    return Normalizer.normalize(word, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
