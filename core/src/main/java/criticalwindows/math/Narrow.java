package criticalwindows.math;

/// Wide characters, as East Asian keyboards write them, and digits of other scripts.
public final class Narrow {
  private static final char FIRST_WIDE = '\uff01';
  private static final char LAST_WIDE = '\uff5e';

  private Narrow() {}

  /// The same text with `（１２，Ｂ）` as `(12,B)` and every decimal digit as one of 0 to 9.
  public static String of(String text) {
    if (text.chars().allMatch(c -> c < 0x660)) {
      return text;
    }
    StringBuilder narrow = new StringBuilder(text.length());
    text.codePoints().forEach(c -> narrow.appendCodePoint(narrow(c)));
    return narrow.toString();
  }

  private static int narrow(int c) {
    if (c >= FIRST_WIDE && c <= LAST_WIDE) {
      return c - FIRST_WIDE + '!';
    }
    if (c == '\u3000') {
      return ' ';
    }
    return c >= 0x660 && Character.isDigit(c) ? '0' + Character.digit(c, 10) : c;
  }
}
