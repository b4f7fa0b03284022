package criticalwindows.math;

/// Asterisks, which are arithmetic between two operands and emphasis elsewhere.
public final class Stars {
  private Stars() {}

  /// A text without its asterisks of emphasis: `**2*5**` becomes `2*5`.
  public static String unemphasised(String text) {
    if (text.indexOf('*') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && text.charAt(end) == '*') {
        end++;
      }
      if (end == at) {
        plain.append(text.charAt(at));
        at++;
      } else {
        plain.append(between(text, at, end) ? text.substring(at, end) : "");
        at = end;
      }
    }
    return plain.toString();
  }

  /// Whether the asterisks at a place stand between what can be multiplied: something that ends an
  /// operand before them and something that begins one after them. With a space on one side alone
  /// they open or close an emphasis: two of them always, one if there are others.
  static boolean between(String text, int start, int end) {
    boolean escaped = start > 0 && text.charAt(start - 1) == '\\';
    int first = escaped ? start - 1 : start;
    int before = first - 1;
    while (before >= 0 && blank(text.charAt(before))) {
      before--;
    }
    int after = end;
    while (after < text.length() && blank(text.charAt(after))) {
      after++;
    }
    if (before < 0 || after >= text.length()) {
      return false;
    }
    boolean operands = endsOperand(text, before) && beginsOperand(text, after);
    boolean opens = before < first - 1 && after == end;
    boolean closes = before == first - 1 && after > end;
    return operands
        && !((opens || closes) && end - start > 1)
        && !(opens && text.indexOf('*', end) >= 0)
        && !(closes && text.lastIndexOf('*', start - 1) >= 0);
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\u00a0' || c == '$';
  }

  private static boolean endsOperand(String text, int at) {
    char c = text.charAt(at);
    if (!Character.isLetter(c)) {
      return Character.isDigit(c) || ")]}!%°²³".indexOf(c) >= 0;
    }
    int start = at;
    while (start > 0 && Character.isLetter(text.charAt(start - 1))) {
      start--;
    }
    boolean command = start > 0 && text.charAt(start - 1) == '\\';
    return command || isFactor(text.substring(start, at + 1));
  }

  private static boolean beginsOperand(String text, int at) {
    char c = text.charAt(at);
    if (!Character.isLetter(c)) {
      return Character.isDigit(c) || "([{\\-−√.".indexOf(c) >= 0;
    }
    int end = at;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return isFactor(text.substring(at, end));
  }

  private static boolean isFactor(String run) {
    return MathWords.FUNCTIONS.contains(run)
        || run.equals("sqrt")
        || run.equals("pi")
        || !MathWords.isWord(run);
  }
}
