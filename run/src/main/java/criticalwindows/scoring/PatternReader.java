package criticalwindows.scoring;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import criticalwindows.grade.Answer;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Scorer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// `pattern:REGEX`, in RE2's syntax: the last match in a response names its class, by the text of
/// the first group that took part in it, or as `match` where none did. A match of no characters
/// counts as none.
///
/// One search is linear in the text, but all matches of a text can take as many searches as it has
/// characters, so the work on one text has a bound: beyond it, the response is unread.
///
/// @param looks at characters of one text, at most
record PatternReader(Pattern pattern, long looks) implements Function<String, Outcome> {
  /// Looks at characters of one text, times instructions of the pattern: a few seconds at worst.
  private static final long WORK = 1_000_000_000;

  private static final int MOST_INSTRUCTIONS = 2_000;

  /// The product of all counts of a pattern, as `{3}`, which bounds how large it can become.
  private static final double MOST_COPIES = 1e6;

  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");
  private static final java.util.regex.Pattern FOLDS =
      java.util.regex.Pattern.compile("\\(\\?[a-zA-Z]*i[a-zA-Z]*(-[a-zA-Z]+)?\\)");
  private static final Outcome NO_MATCH = new Fixed("no match");
  private static final Outcome MATCH = new Fixed("match");
  private static final Outcome SPENT = new Answer.Unread("the pattern takes too long");

  static Scorer parse(Spec spec) {
    spec.withoutMarks();
    if (spec.rest().isEmpty()) {
      throw spec.wrong("the pattern is empty", "write pattern:REGEX, such as pattern:(yes|no)");
    }
    if (copies(spec.rest()) > MOST_COPIES) {
      throw large(spec);
    }
    Pattern pattern = compiled(spec);
    if (pattern.programSize() > MOST_INSTRUCTIONS) {
      throw large(spec);
    }
    PatternReader reader = new PatternReader(pattern, WORK / pattern.programSize());
    return new TextScorer(reader, reader::named);
  }

  private static double copies(String pattern) {
    return COUNT
        .matcher(pattern)
        .results()
        .mapToDouble(
            count ->
                IntStream.rangeClosed(1, 2)
                    .mapToObj(count::group)
                    .filter(number -> number != null && !number.isEmpty())
                    .mapToDouble(Double::parseDouble)
                    .max()
                    .orElse(1))
        .filter(copies -> copies > 1)
        .reduce(1, (a, b) -> a * b);
  }

  private static RuntimeException large(Spec spec) {
    return spec.wrong("the pattern is too large", "use fewer or smaller counts, such as {2,20}");
  }

  private static Pattern compiled(Spec spec) {
    try {
      return Pattern.compile(spec.rest());
    } catch (PatternSyntaxException e) {
      throw spec.wrong(
          described(e) + place(spec.rest(), e),
          "the syntax is RE2's, which is Python's without look-ahead (?=…), look-behind (?<=…) and"
              + " back references \\1");
    }
  }

  /// RE2/J calls a closing bracket too many an error of its own.
  private static String described(PatternSyntaxException e) {
    String pattern = e.getPattern();
    return "stack underflow".equals(pattern)
        ? "a ) without its ("
        : e.getDescription() + (pattern == null || pattern.isEmpty() ? "" : ": " + pattern);
  }

  /// RE2/J says which part is wrong; where that part stands once, this is its place.
  private static String place(String whole, PatternSyntaxException e) {
    String part = e.getPattern();
    int at = part == null || part.isEmpty() ? -1 : whole.indexOf(part);
    return at < 0 || whole.indexOf(part, at + 1) >= 0 ? "" : ", at character " + (at + 1);
  }

  @Override
  public Outcome apply(String response) {
    try {
      return last(new MeteredText(response, looks));
    } catch (MeteredText.Spent e) {
      return SPENT;
    }
  }

  private Outcome last(MeteredText text) {
    Matcher matcher = pattern.matcher(text);
    int at = -1;
    while (matcher.find()) {
      at = matcher.end() > matcher.start() ? matcher.start() : at;
    }
    if (at < 0 || !matcher.find(at)) {
      return NO_MATCH;
    }
    for (int group = 1; group <= matcher.groupCount(); group++) {
      String said = matcher.group(group);
      if (said != null) {
        return quoted(said);
      }
    }
    return MATCH;
  }

  private Outcome named(String name) {
    return Stream.of(MATCH, NO_MATCH)
        .filter(own -> own.show().equals(name))
        .findFirst()
        .orElseGet(() -> quoted(name));
  }

  private Outcome quoted(String said) {
    return folds() ? Quoted.folded(said) : Quoted.of(said);
  }

  /// Whether the whole pattern takes capitals and small letters for the same.
  private boolean folds() {
    return FOLDS.matcher(pattern.pattern()).lookingAt();
  }
}
