package criticalwindows.scoring;

import criticalwindows.error.UserError;
import criticalwindows.outcome.Scorer;
import criticalwindows.view.TerminalText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// An outcome as a user writes it: `KIND`, `KIND:REST` or `KIND@MARK@MARK:REST`.
///
/// @param text as it was written, without spaces around it
/// @param kind in small letters
/// @param marks what stands between the kind and the colon, each after an `@`
/// @param rest what follows the colon; empty where nothing does
record Spec(String text, String kind, List<String> marks, String rest) {
  /// Letters of a whole spec.
  private static final int LONGEST = 2000;

  private static final int SHOWN = 120;

  Spec {
    marks = List.copyOf(marks);
  }

  static Spec parse(String written) {
    String text = written.strip();
    if (text.length() > LONGEST) {
      throw new UserError(
          "the outcome " + TerminalText.line(text, SHOWN) + " has " + text.length() + " letters",
          "give at most " + LONGEST + " letters");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new UserError(
          "the outcome " + TerminalText.line(text, SHOWN) + " has a control character in it",
          "write it on one line; in a pattern \\n and \\t stand for themselves");
    }
    int colon = text.indexOf(':');
    String head = colon < 0 ? text : text.substring(0, colon);
    List<String> parts = Arrays.stream(head.split("@", -1)).map(String::strip).toList();
    return new Spec(
        text,
        TerminalText.line(parts.getFirst().toLowerCase(Locale.ROOT), SHOWN),
        parts.subList(1, parts.size()),
        colon < 0 ? "" : text.substring(colon + 1).strip());
  }

  /// For people.
  String shown() {
    return TerminalText.line(text, SHOWN);
  }

  /// What is wrong with it.
  UserError wrong(String what, String hint) {
    return new UserError("the outcome " + shown() + ": " + TerminalText.line(what, 400), hint);
  }

  /// @throws UserError where it has marks, which its kind does not take
  void withoutMarks() {
    if (!marks.isEmpty()) {
      throw wrong(kind + " takes no @" + marks.getFirst(), "only program takes an @");
    }
  }

  /// The scorer of a kind that takes nothing after its name.
  Scorer alone(Scorer scorer) {
    withoutMarks();
    if (!text.equals(kind)) {
      throw wrong(kind + " takes nothing after it", "write " + kind + " alone");
    }
    return scorer;
  }

  /// Words that stand for each other, with a `|` between them.
  ///
  /// @param most letters of one
  List<String> words(int most) {
    withoutMarks();
    List<String> words = Arrays.stream(rest.split("\\|", -1)).map(String::strip).toList();
    if (words.contains("")) {
      throw wrong(
          "a word is empty", "write " + kind + ":WORD or " + kind + ":WORD|WORD, without spare |");
    }
    for (String word : words) {
      if (word.length() > most) {
        throw wrong("a word has " + word.length() + " letters", "give at most " + most);
      }
    }
    return words;
  }
}
