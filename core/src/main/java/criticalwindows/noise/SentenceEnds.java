package criticalwindows.noise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Where the sentences of a text end, by a plain rule.
///
/// A sentence ends
///
/// 1. after `.`, `!`, `?`, `…` and their full-width forms, with the closing quotes, brackets and
///    asterisks that follow, where white space or the end of the text comes next;
/// 2. at a line break, so that headings and the items of a list are sentences.
///
/// It does not end
///
/// 1. inside a formula: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`. A dollar opens one only if no white space
///    follows it, and closes one only if none precedes it and no digit follows, so that `$5` and
///    `$6` are prices;
/// 2. inside a number or a word, since no white space follows the dot (3.14, U.S., example.com);
/// 3. after a mark that numbers what follows, at the beginning of a sentence (`1.`, `12.`, `A.`);
/// 4. after an abbreviation of the list below (e.g., i.e., Dr., Fig., approx.), or "no." before a
///    number;
/// 5. where a dot is followed by a small letter, as after any other abbreviation.
///
/// A single capital letter elsewhere does end one: "the answer is B." is far more common in
/// reasoning than initials are.
final class SentenceEnds {
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "e.g", "i.e", "cf", "vs", "dr", "mr", "mrs", "ms", "prof", "st", "fig", "figs", "eq",
          "eqs", "approx", "resp", "sec", "ch", "vol", "pp", "al", "viz");
  private static final String MARKS = ".!?…。！？";
  private static final String WIDE = "。！？";
  private static final String CLOSERS = "\"'”’)]}*_»";

  private final String text;
  private final List<Integer> ends = new ArrayList<>();
  private int begun;

  private SentenceEnds(String text) {
    this.text = text;
  }

  /// The places after the last character of each sentence, growing; the text's own end is one of
  /// them if a sentence ends there.
  static List<Integer> in(String text) {
    SentenceEnds sentences = new SentenceEnds(text);
    sentences.read();
    return List.copyOf(sentences.ends);
  }

  private void read() {
    int i = 0;
    while (i < text.length()) {
      int formula = formula(i);
      if (formula > i) {
        i = formula;
      } else if (text.charAt(i) == '\n') {
        end(i);
        i++;
      } else if (MARKS.indexOf(text.charAt(i)) >= 0) {
        i = mark(i);
      } else {
        i++;
      }
    }
  }

  /// A sentence whose last character is before `to`, if there is anything in it.
  private void end(int to) {
    int last = to;
    while (last > begun && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    if (last > begun) {
      ends.add(last);
    }
    begun = to;
  }

  /// @return where to go on after the mark at `i`
  private int mark(int i) {
    int to = i + 1;
    while (to < text.length() && MARKS.indexOf(text.charAt(to)) >= 0) {
      to++;
    }
    boolean single = to == i + 1 && text.charAt(i) == '.';
    while (to < text.length() && CLOSERS.indexOf(text.charAt(to)) >= 0) {
      to++;
    }
    boolean free = to == text.length() || Character.isWhitespace(text.charAt(to));
    boolean wide = WIDE.indexOf(text.charAt(i)) >= 0;
    if ((free || wide) && !(single && (isMarker(i) || isAbbreviation(i) || goesOn(to)))) {
      end(to);
    }
    return to;
  }

  /// Whether what stands before the dot is all of its sentence, and numbers what follows.
  private boolean isMarker(int dot) {
    String before = text.substring(Math.max(begun, dot - 12), dot).strip();
    boolean digits = !before.isEmpty() && before.chars().allMatch(Character::isDigit);
    boolean letter = before.length() == 1 && Character.isLetter(before.charAt(0));
    return (digits || letter) && text.substring(begun, dot).strip().equals(before) && more(dot + 1);
  }

  /// Whether anything else stands on the dot's line.
  private boolean more(int from) {
    int i = from;
    while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i++;
    }
    return i < text.length() && text.charAt(i) != '\n';
  }

  private boolean isAbbreviation(int dot) {
    int from = dot;
    while (from > begun
        && dot - from < 8
        && (Character.isLetter(text.charAt(from - 1)) || text.charAt(from - 1) == '.')) {
      from--;
    }
    String word = text.substring(from, dot).toLowerCase(Locale.ROOT);
    boolean counted = word.equals("no") && dot + 2 < text.length() && digit(dot + 2);
    return !(from > begun && digit(from - 1)) && (counted || ABBREVIATIONS.contains(word));
  }

  private boolean digit(int i) {
    return Character.isDigit(text.charAt(i));
  }

  /// Whether the sentence goes on with a small letter on the same line.
  private boolean goesOn(int to) {
    int i = to;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i < text.length() && Character.isLowerCase(text.charAt(i));
  }

  /// The end of a formula that begins at `i`; `i` where none does.
  private int formula(int i) {
    if (text.startsWith("$$", i)) {
      return closed(i, "$$");
    }
    if (text.startsWith("\\(", i)) {
      return closed(i, "\\)");
    }
    if (text.startsWith("\\[", i)) {
      return closed(i, "\\]");
    }
    if (text.startsWith("\\$", i)) {
      return i + 2;
    }
    return text.charAt(i) == '$' && !blank(i + 1) ? dollar(i) : i;
  }

  private int closed(int i, String close) {
    int at = text.indexOf(close, i + 2);
    return at < 0 ? i + 1 : at + 2;
  }

  private int dollar(int open) {
    for (int i = open + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
      boolean digit = i + 1 < text.length() && Character.isDigit(text.charAt(i + 1));
      if (text.charAt(i) == '$' && i > open + 1 && !blank(i - 1) && !digit) {
        return i + 1;
      }
    }
    return open + 1;
  }

  private boolean blank(int i) {
    return i >= text.length() || Character.isWhitespace(text.charAt(i));
  }
}
