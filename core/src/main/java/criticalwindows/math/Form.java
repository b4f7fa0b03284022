package criticalwindows.math;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The canonical form of an answer: two answers are the same if their forms are equal. Since a form
/// is a function of the text and the policies alone, that is an equivalence.
///
/// Numbers, expressions, equations, intervals, lists, tuples, sets and matrices are known by their
/// values, see [Evaluator]. What is none of these, or more work than is allowed, is known by its
/// text with spacing and marks left out. Every text ends within the same small number of steps,
/// whatever it says.
///
/// @param kind what it is; equal forms have equal kinds
/// @param key what it is compared by
public record Form(Kind kind, String key) {
  /// What an answer is.
  public enum Kind {
    /// A fraction or whole number, exactly.
    NUMBER,
    /// A radical, a multiple of π, an expression with variables.
    EXPRESSION,
    /// Several values without an order, in braces or without brackets.
    LIST,
    /// Values in an order: a tuple, a vector, or an interval, which looks the same.
    TUPLE,
    /// A union of intervals and sets.
    UNION,
    /// A matrix.
    MATRIX,
    /// An equation or inequality that names no single value.
    RELATION,
    /// `3 : 4`.
    RATIO,
    /// A time of day.
    TIME,
    /// Digits in another base.
    BASED,
    /// Words, or what could not be read as anything else.
    TEXT
  }

  private static final Pattern TIME =
      Pattern.compile(
          "([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\\s*(?:([aApP])\\.?[mM]\\.?)?(?:\\s*o'clock)?");
  private static final Pattern ESCAPED_TWICE =
      Pattern.compile(
          "(?<!\\\\)\\\\\\\\(?=(?:[dtc]?frac|sqrt|begin|end|left|right|boxed|text|mathrm|mathbf|cdot|times"
              + "|leq?|geq?|infty|pi|circ|cup|in|pm|[()\\[\\]])(?![A-Za-z]))");

  private static final Pattern REALS =
      Pattern.compile(
          "(?i)(?:[a-z]\\s(?:can be |is )?)?(?:the set of )?(?:all |any )?(?:the )?real(?:s|"
              + " numbers?| values?)(?: of [a-z]| [a-z])?\\.?");

  /// The form of a text, where the question is not known.
  public static Form of(String text, Policies policies) {
    return of(text, Convention.none(policies));
  }

  /// The form of a text that answers a question.
  public static Form of(String text, Convention convention) {
    String clean = convention.separated(clean(text));
    if (clean.length() <= Budget.LENGTH) {
      Optional<String> time = clean.indexOf(':') < 0 ? Optional.empty() : time(clean);
      if (time.isPresent()) {
        return new Form(Kind.TIME, time.get());
      }
      if (reals(clean)) {
        return Canonical.tuple("(", List.of("-inf", "inf"), ")");
      }
      try {
        List<Token> tokens = Capitals.joined(Lexer.read(clean, convention.policies()));
        if (!tokens.isEmpty()) {
          return Canonical.form(Parser.parse(tokens), convention);
        }
      } catch (Beyond | ArithmeticException | NumberFormatException e) {
        return words(clean);
      }
    }
    return words(clean);
  }

  /// Escapes that were escaped again, and lines.
  static String clean(String text) {
    String once = text.length() > Budget.LENGTH ? text : unescaped(Narrow.of(text));
    return once.strip();
  }

  private static String unescaped(String text) {
    if (text.indexOf("\\\\") < 0 && text.indexOf("\\n") < 0) {
      return text;
    }
    String once = text.replaceAll("\\\\n(?![A-Za-z])", " ");
    return ESCAPED_TWICE.matcher(once).find()
        ? ESCAPED_TWICE.matcher(once.replace("\\\\\\\\", "\\\\")).replaceAll("\\\\")
        : once;
  }

  private static boolean reals(String text) {
    return text.length() < 60
        && text.toLowerCase(Locale.ROOT).contains("real")
        && REALS.matcher(untexted(text).strip()).matches();
  }

  private static String untexted(String text) {
    return text.replaceAll("\\\\(?:text|mathrm)\\s?\\{([^{}]*)}|\\$", "$1");
  }

  private static Optional<String> time(String text) {
    Matcher time = TIME.matcher(untexted(text));
    return time.matches() ? Optional.of(time(time)) : Optional.empty();
  }

  private static String time(Matcher time) {
    int hour = Integer.parseInt(time.group(1));
    if (time.group(4) != null) {
      hour = hour % 12 + (time.group(4).equalsIgnoreCase("p") ? 12 : 0);
    }
    String seconds = time.group(3) == null ? "00" : time.group(3);
    return String.format(Locale.ROOT, "%02d:%s:%s", hour, time.group(2), seconds);
  }

  /// The form of words: their letters, digits and signs in lower case, one space between words; a
  /// text too long to be an answer is itself.
  static Form words(String text) {
    if (text.length() > 10 * Budget.LENGTH) {
      return new Form(Kind.TEXT, text);
    }
    String plain =
        text.replaceAll("\\\\(?:text|textbf|textit|mbox|mathrm|left|right|boxed)\\b", " ")
            .replaceAll("\\\\[,;:! ]|[{}$*`\"]", " ");
    StringBuilder words = new StringBuilder();
    boolean space = false;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (Character.isWhitespace(c)) {
        space = !words.isEmpty();
      } else {
        words.append(space ? " " : "").append(Character.toLowerCase(c));
        space = false;
      }
    }
    int end = words.length();
    while (end > 0 && ".,;: ".indexOf(words.charAt(end - 1)) >= 0) {
      end--;
    }
    return new Form(Kind.TEXT, words.substring(0, end));
  }
}
