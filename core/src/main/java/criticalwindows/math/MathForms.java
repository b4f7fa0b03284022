package criticalwindows.math;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// From the text of an answer to its [CanonicalForm], whatever the text says.
public final class MathForms {
  private static final Pattern TIME =
      Pattern.compile(
          "([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\\s*(?:([aApP])\\.?[mM]\\.?)?(?:\\s*o'clock)?");
  private static final Pattern REALS =
      Pattern.compile(
          "(?i)(?:[a-z]\\s(?:can be |is )?)?(?:the set of )?(?:all |any )?(?:the )?real(?:s|"
              + " numbers?| values?)(?: of [a-z]| [a-z])?\\.?");

  private MathForms() {}

  /// The form of a text, where the question is not known.
  public static CanonicalForm of(String text, Policies policies) {
    return of(text, Convention.none(policies));
  }

  /// The form of a text that answers a question.
  public static CanonicalForm of(String text, Convention convention) {
    String clean = convention.separated(Cleaned.of(text));
    if (clean.length() <= WorkLimits.LENGTH) {
      Optional<String> time = clean.indexOf(':') < 0 ? Optional.empty() : time(clean);
      if (time.isPresent()) {
        return new CanonicalForm(CanonicalForm.Kind.TIME, time.get());
      }
      if (reals(clean)) {
        return CanonicalForm.reals();
      }
      try {
        List<MathToken> tokens = Capitals.joined(Lexer.read(clean, convention.policies()));
        if (!tokens.isEmpty()) {
          return Canonical.form(Parser.parse(tokens), convention);
        }
      } catch (Beyond | ArithmeticException | NumberFormatException e) {
        return CanonicalForm.words(clean);
      }
    }
    return CanonicalForm.words(clean);
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
}
