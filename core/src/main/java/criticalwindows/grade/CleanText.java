package criticalwindows.grade;

import criticalwindows.math.Narrow;

/// A text without what only the way it was written adds.
final class CleanText {
  private static final String THOUGHT = "</think>";
  private static final int LONGEST_TOKEN = 24;

  private CleanText() {}

  /// Full-width and circled characters as the plain ones that they stand for, without the thoughts
  /// before the answer and the tokens that end a turn.
  static String of(String text) {
    String clean = narrow(text).strip();
    for (int end = turnEnd(clean); end < clean.length(); end = turnEnd(clean)) {
      clean = clean.substring(0, end).stripTrailing();
    }
    int thought = clean.lastIndexOf(THOUGHT);
    String said = thought < 0 ? "" : clean.substring(thought + THOUGHT.length());
    return (said.isBlank() ? clean : said).strip();
  }

  /// Where a token such as `<|im_end|>` or `</s>` begins with which a text ends.
  private static int turnEnd(String text) {
    int begin =
        text.endsWith("|>")
            ? text.lastIndexOf("<|")
            : text.endsWith("</s>") ? text.length() - 4 : -1;
    return begin < 0 || begin < text.length() - LONGEST_TOKEN ? text.length() : begin;
  }

  private static String narrow(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    StringBuilder narrow = new StringBuilder(text.length());
    Narrow.of(text).codePoints().forEach(c -> narrow.appendCodePoint(narrow(c)));
    return narrow.toString();
  }

  private static int narrow(int c) {
    if (c >= 0x24B6 && c <= 0x24CF) { // circled
      return c - 0x24B6 + 'A';
    }
    boolean bold = c >= 0x1D400 && c <= 0x1D433; // 𝐀 to 𝐳
    if (bold) {
      return c < 0x1D41A ? c - 0x1D400 + 'A' : c - 0x1D41A + 'a';
    }
    boolean sans = c >= 0x1D5D4 && c <= 0x1D607; // 𝗔 to 𝘇
    if (sans) {
      return c < 0x1D5EE ? c - 0x1D5D4 + 'A' : c - 0x1D5EE + 'a';
    }
    return c == 0xA0 ? ' ' : c;
  }
}
