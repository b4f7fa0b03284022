package criticalwindows.math;

import java.util.regex.Pattern;

/// Texts with what models and files put in by mistake taken out.
final class Cleaned {
  private static final Pattern ESCAPED_TWICE =
      Pattern.compile(
          "(?<!\\\\)\\\\\\\\(?=(?:[dtc]?frac|sqrt|begin|end|left|right|boxed|text|mathrm|mathbf|cdot|times"
              + "|leq?|geq?|infty|pi|circ|cup|in|pm|[()\\[\\]])(?![A-Za-z]))");

  private Cleaned() {}

  /// Escapes that were escaped again, and lines.
  static String of(String text) {
    String once = text.length() > WorkLimits.LENGTH ? text : unescaped(Narrow.of(text));
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
}
