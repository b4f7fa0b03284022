package criticalwindows.grade;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The words, numbers and signs of a text, without what only decorates them: emphasis, quotation
/// marks, dollar signs, commands for fonts, punctuation between words. What a choice says is looked
/// for by these, so that `**An owl**` is found in "an owl".
///
/// @param all in order
record Words(List<Word> all) {
  private static final String DECORATION = "*_$`\"“”„‘«»{}#~|.,;:!?…。，、；：！？";
  private static final Set<String> FONTS =
      Set.of(
          "text",
          "textbf",
          "textit",
          "textrm",
          "mathrm",
          "mathbf",
          "mathit",
          "mathsf",
          "boxed",
          "displaystyle",
          "left",
          "right",
          "quad");
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");

  /// A word.
  ///
  /// @param said in small letters
  /// @param end where it ends in the text
  record Word(String said, int end) {}

  /// The words of a text.
  static Words of(String text) {
    return of(text, 0, text.length());
  }

  /// The words between two places of a text.
  static Words of(String text, int from, int to) {
    List<Word> words = new ArrayList<>();
    int at = from;
    while (at < to) {
      int end = wordEnd(text, at, to);
      if (end > at) {
        add(words, text.substring(at, end), end);
        at = end;
      } else {
        at += text.charAt(at) == '\\' ? Math.max(1, command(text, at, to) - at) : 1;
      }
    }
    return new Words(words);
  }

  /// Where the word that begins at a place ends; the place itself where there is only decoration.
  private static int wordEnd(String text, int at, int to) {
    char c = text.charAt(at);
    if (c == '\\') {
      int end = command(text, at, to);
      return end > at + 1 && !FONTS.contains(text.substring(at + 1, end)) && letter(text, at + 1)
          ? end
          : at;
    }
    if (digit(c) || (c == '.' && at + 1 < to && digit(text.charAt(at + 1)))) {
      return numberEnd(text, at + 1, to);
    }
    if (letter(text, at)) {
      return lettersEnd(text, at + 1, to);
    }
    boolean apostrophe = (c == '\'' || c == '’') && !text.startsWith("(", at + 1); // f'(x)
    boolean decoration =
        Character.isWhitespace(c)
            || Character.isSpaceChar(c)
            || DECORATION.indexOf(c) >= 0
            || apostrophe;
    return decoration ? at : Math.min(to, at + Character.charCount(text.codePointAt(at)));
  }

  /// Where a command of LaTeX ends.
  private static int command(String text, int at, int to) {
    int end = at + 1;
    while (end < to && text.charAt(end) < 0x80 && Character.isLetter(text.charAt(end))) {
      end++;
    }
    boolean sign = end == at + 1 && end < to && "()[]{},;:! ".indexOf(text.charAt(end)) >= 0;
    return sign ? end + 1 : end;
  }

  private static int numberEnd(String text, int at, int to) {
    int end = at;
    while (end < to
        && (digit(text.charAt(end))
            || (".,".indexOf(text.charAt(end)) >= 0
                && end + 1 < to
                && digit(text.charAt(end + 1))))) {
      end++;
    }
    return end;
  }

  private static int lettersEnd(String text, int at, int to) {
    int end = at;
    while (end < to) {
      char c = text.charAt(end);
      boolean within = (c == '\'' || c == '’') && end + 1 < to && letter(text, end + 1);
      int type = Character.getType(c);
      boolean mark =
          type == Character.NON_SPACING_MARK
              || type == Character.COMBINING_SPACING_MARK
              || digit(c);
      if (!letter(text, end) && !within && !mark) {
        break;
      }
      end++;
    }
    return end;
  }

  /// Whether a letter stands at a place that makes words with its neighbours.
  private static boolean letter(String text, int at) {
    char c = text.charAt(at);
    if (c < 0x80) {
      return Character.isLetter(c);
    }
    return Character.isLetter(c)
        && switch (Character.UnicodeScript.of(c)) {
          case HAN, HIRAGANA, KATAKANA, THAI -> false;
          default -> true;
        };
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  private static void add(List<Word> words, String word, int end) {
    String said =
        switch (word) {
          case "−", "–", "—", "‐", "‑" -> "-";
          default -> word.toLowerCase(Locale.ROOT).replace('’', '\'');
        };
    words.add(new Word(said, end));
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  /// Without an article at the beginning, unless it is no article: "a + b".
  Words withoutArticle() {
    boolean article =
        all.size() > 1
            && ARTICLES.contains(all.getFirst().said())
            && Character.isLetter(all.get(1).said().charAt(0));
    return article ? new Words(all.subList(1, all.size())) : this;
  }

  /// Where these words end in the text of others that begin with them; -1 where those do not.
  int endIn(Words others) {
    if (all.size() > others.all.size()) {
      return -1;
    }
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).said().equals(others.all.get(i).said())) {
        return -1;
      }
    }
    return others.all.get(all.size() - 1).end();
  }
}
