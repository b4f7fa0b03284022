package criticalwindows.scoring;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.Set;

/// Letters as readers take them: capitals and small letters are the same, and words end somewhere.
final class Letters {
  /// Written without spaces between words, so that no place is inside of a word for sure.
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private Letters() {}

  /// The same for texts that differ in capitals alone. By way of small letters, because some signs,
  /// such as that of Kelvin, are their own capitals.
  static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
  }

  /// Whether a word ends or begins between two characters of a text, or at its edge.
  ///
  /// @param at from 0 to the text's length
  static boolean edge(String text, int at) {
    return at == 0
        || at == text.length()
        || !ofWord(text.codePointBefore(at))
        || !ofWord(text.codePointAt(at));
  }

  static boolean space(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point);
  }

  private static boolean ofWord(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.CONNECTOR_PUNCTUATION ->
          true;
      default ->
          Character.isLetterOrDigit(point) && !WITHOUT_SPACES.contains(UnicodeScript.of(point));
    };
  }
}
