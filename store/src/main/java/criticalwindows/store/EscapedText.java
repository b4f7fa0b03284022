package criticalwindows.store;

/// Text as a database's UTF-8 can hold it, without loss.
///
/// A model's text can break off inside a character, which leaves half a surrogate pair; UTF-8 has
/// no place for that. Such a half is written as U+001A (SUBSTITUTE) and four hexadecimal digits,
/// and U+001A itself likewise. Any other text is written as it is.
final class EscapedText {
  private static final char MARK = '\u001a';

  private EscapedText() {}

  static String escape(String text) {
    int i = firstOdd(text, 0);
    if (i == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    int from = 0;
    while (i < text.length()) {
      escaped.append(text, from, i).append(MARK);
      escaped.append(java.util.HexFormat.of().toHexDigits(text.charAt(i)));
      from = i + 1;
      i = firstOdd(text, from);
    }
    return escaped.append(text, from, text.length()).toString();
  }

  private static int firstOdd(String text, int from) {
    int i = from;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      if (point == MARK || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
        return i;
      }
      i += Character.charCount(point);
    }
    return i;
  }

  /// What [#escape] was given.
  static String unescape(String text) {
    int mark = text.indexOf(MARK);
    if (mark < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    int from = 0;
    while (mark >= 0) {
      plain.append(text, from, mark);
      plain.append((char) java.util.HexFormat.fromHexDigits(text, mark + 1, mark + 5));
      from = mark + 5;
      mark = text.indexOf(MARK, from);
    }
    return plain.append(text, from, text.length()).toString();
  }
}
