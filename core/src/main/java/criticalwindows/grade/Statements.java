package criticalwindows.grade;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a text states, in the order in which it does, negations left out.
final class Statements {
  /// How many characters behind "the answer is" are looked at, at most.
  static final int REACH = 400;

  /// More statements than this are no reasoning, and would only take time.
  private static final int MOST = 64;

  private static final Pattern NEGATION =
      Pattern.compile("(?i)^[\\s*_:]*(?:not\\b|n[’']t\\b|never\\b|neither\\b)");
  private static final Pattern BUT =
      Pattern.compile(
          "(?iu)(?<!\\p{L})(?:but|rather|instead(?: it is)?|sondern|sino|mais|mas|но|а|而是|tetapi"
              + "|melainkan|ma|maar|men|mà là)(?!\\p{IsLatin})");

  private static final int BEFORE = 90;
  private static final Pattern SUPPOSED =
      Pattern.compile(
          "(?iu)(?:(?<!\\p{L})(?:if|whether|suppose|supposing|assume|assuming|unless|doubt|imagine|why"
              + "|because|than|wrong|incorrect|false|mistaken|tempting|another|other|worst|trap|common|popular|distractor|not|never|say|rather"
              + " than|instead of)|(?:n['’]t|(?<!\\p{L})(?:not|never|hardly))"
              + " (?:think|believe|say|claim|mean|see"
              + " why|agree|conclude)|(?:wrong|incorrect|false|mistake|error|tempting|easy) to"
              + " (?:say|think|claim|conclude|believe|assume)|(?:some|people|students|many|one|they|you)"
              + " (?:might|may|could|would|will|often)? ?(?:be tempted to"
              + " )?(?:say|think|believe|claim|argue|guess))(?:,?"
              + " that)?(?:\\s(?:the|my|our|your|this|a|an|it is|it's))?"
              + "(?:\\s(?:correct|right|best|final|most|likely|only))*\\s*$");
  private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?:\\s|$)|\\n");
  private static final Pattern PARAGRAPH = Pattern.compile("\\n\\s*\\n|\\n\\s*(?:--|\\*\\*|__|#)");
  private static final Pattern GLUE =
      Pattern.compile(
          "(?i)(?:[^\\p{L}]*|(?:[^\\p{L}]*\\p{L}+){0,4}[^\\p{L}]*\\b(?:and|or)\\b[^\\p{L}]*)"
              + "(?:[A-Za-z](?:_\\{?[A-Za-z0-9]+}?)?\\s*=\\s*\\$?)?");

  private Statements() {}

  /// One statement.
  ///
  /// @param at where it begins
  /// @param from where what it states begins
  /// @param said what it states
  /// @param closed false for a box whose end is missing
  record Statement(Rule rule, int at, int from, String said, boolean closed) {}

  /// The statements of a text that these rules find, the last ones where there are very many.
  ///
  /// @param reach how many characters behind "the answer is" are looked at
  /// @param worded the rules whose patterns end where the answer begins
  static List<Statement> in(String text, int reach, List<Rule> worded) {
    List<Statement> found = new ArrayList<>();
    tags(text, found);
    boxes(text, found);
    for (Rule rule : worded) {
      stated(rule, text, reach, found);
    }
    found.sort(Comparator.comparingInt(Statement::at));
    return found.subList(Math.max(0, found.size() - MOST), found.size());
  }

  private static void tags(String text, List<Statement> found) {
    Matcher tag = Rule.TAG.pattern().matcher(text);
    while (tag.find()) {
      int end = text.indexOf("</answer>", tag.end());
      String said = text.substring(tag.end(), end < 0 ? text.length() : end);
      if (!said.contains("\\boxed")) {
        found.add(new Statement(Rule.TAG, tag.start(), tag.end(), said, end >= 0));
      }
    }
  }

  private static void stated(Rule rule, String text, int reach, List<Statement> found) {
    Matcher statement = rule.pattern().matcher(text);
    while (statement.find()) {
      int from = statement.end();
      if (!supposed(text, statement.start())) {
        String said = text.substring(from, Math.min(text.length(), from + reach));
        found.add(new Statement(rule, statement.start(), from, said, true));
      }
    }
  }

  /// Whether what begins at a place is only supposed, asked or denied: "I doubt that …".
  static boolean supposed(String text, int at) {
    return SUPPOSED.matcher(before(text, at)).find();
  }

  private static String before(String text, int at) {
    return text.substring(Math.max(0, at - BEFORE), at);
  }

  /// What is said, or what is said instead after a negation.
  static Optional<String> positive(String said) {
    if (!NEGATION.matcher(said).find()) {
      return Optional.of(said);
    }
    return instead(said);
  }

  /// What a sentence says behind "but".
  static Optional<String> instead(String said) {
    String sentence = SENTENCE_END.split(said, 2)[0];
    Matcher but = BUT.matcher(sentence);
    return but.find() ? Optional.of(sentence.substring(but.end())) : Optional.empty();
  }

  private static void boxes(String text, List<Statement> found) {
    Matcher box = Rule.BOX.pattern().matcher(text);
    int last = -1;
    while (box.find()) {
      if (box.start() < last) { // a box within a box
        continue;
      }
      int end = close(text, box.end());
      String inside = text.substring(box.end() + 1, end < 0 ? text.length() : end);
      Statement statement = new Statement(Rule.BOX, box.start(), box.end() + 1, inside, end >= 0);
      boolean joined = last >= 0 && end >= 0 && glued(text.substring(last, box.start()));
      if (joined) {
        Statement before = found.removeLast();
        statement =
            new Statement(
                Rule.BOX,
                before.at(),
                before.from(),
                before.said() + " , " + inside,
                before.closed());
      }
      found.add(statement);
      last = end < 0 ? text.length() : end + 1;
    }
  }

  private static boolean glued(String between) {
    String plain = between.replaceAll("\\\\(?:text|quad|qquad|mbox)\\b|\\\\[()\\[\\],;! ]", " ");
    boolean paragraph = PARAGRAPH.matcher(between).find();
    return between.length() <= 60 && !paragraph && GLUE.matcher(plain).matches();
  }

  /// Where the braces that open here close, or -1.
  static int close(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && "{}".indexOf(text.charAt(i + 1)) >= 0) {
        i++;
      } else {
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }
}
