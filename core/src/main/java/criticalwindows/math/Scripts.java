package criticalwindows.math;

/// Small characters above the line, which are exponents, and below it, which are indices.
final class Scripts {
  private static final String ABOVE = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ";
  private static final String BELOW = "₀₁₂₃₄₅₆₇₈₉";
  private static final String PLAIN = "0123456789+-n";

  private Scripts() {}

  static boolean is(char c) {
    return above(c) || BELOW.indexOf(c) >= 0;
  }

  static boolean above(char c) {
    return ABOVE.indexOf(c) >= 0;
  }

  /// Whether both stand on the same side of the line.
  static boolean joins(char first, char next) {
    return is(next) && above(first) == above(next);
  }

  /// The usual characters for small ones.
  static String plain(String small) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < small.length(); i++) {
      char c = small.charAt(i);
      plain.append(PLAIN.charAt(above(c) ? ABOVE.indexOf(c) : BELOW.indexOf(c)));
    }
    return plain.toString();
  }
}
