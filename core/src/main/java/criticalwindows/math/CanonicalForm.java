package criticalwindows.math;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

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
public record CanonicalForm(Kind kind, String key) {
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

  /// A list without an order, by the keys of its items.
  static CanonicalForm list(Iterable<String> keys) {
    return new CanonicalForm(Kind.LIST, "{" + String.join(", ", keys) + "}");
  }

  static CanonicalForm tuple(String open, List<String> keys, String close) {
    String end = close.equals("⟩") ? ")" : close;
    return new CanonicalForm(Kind.TUPLE, open + String.join(", ", keys) + end);
  }

  static CanonicalForm union(Collection<String> parts) {
    return new CanonicalForm(
        Kind.UNION, parts.stream().sorted().collect(Collectors.joining(" ∪ ")));
  }

  /// All real numbers.
  static CanonicalForm reals() {
    return tuple("(", List.of("-inf", "inf"), ")");
  }

  /// The form of words: their letters, digits and signs in lower case, one space between words; a
  /// text too long to be an answer is itself.
  static CanonicalForm words(String text) {
    if (text.length() > 10 * WorkLimits.LENGTH) {
      return new CanonicalForm(Kind.TEXT, text);
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
    return new CanonicalForm(Kind.TEXT, words.substring(0, end));
  }
}
