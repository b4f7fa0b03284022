package criticalwindows.report;

import java.util.Locale;

/// Text for a terminal. What a model or a data set wrote is hostile there: control characters could
/// move the cursor, recolour or rename the window.
public final class Plain {
  private Plain() {}

  /// The text on one line, with every control, format and private character replaced by a space or
  /// `?`.
  public static String line(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints().map(Plain::shown).forEach(safe::appendCodePoint);
    return safe.toString().replaceAll(" {2,}", " ").strip();
  }

  /// [#line], shortened to so many characters.
  public static String line(String text, int width) {
    String line = line(text);
    int[] points = line.codePoints().toArray();
    return points.length <= width ? line : new String(points, 0, width - 1).stripTrailing() + "…";
  }

  private static int shown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          ' ';
      case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
          '?';
      default -> point;
    };
  }

  /// A share as `.48`, `1.0` or `0`. Halves are rounded up, of four decimals: what a page has,
  /// whose script rounds in the same way.
  public static String share(double value) {
    String digits = fixed(value, 2);
    return switch (digits) {
      case "1.00" -> "1.0";
      case "-1.00" -> "-1.0";
      case "0.00", "-0.00" -> "0";
      default -> digits.replaceFirst("^(-?)0\\.", "$1.");
    };
  }

  /// A small number as `.048`, `1.204` or `0`.
  public static String thousandths(double value) {
    String digits = fixed(value, 3);
    return digits.equals("0.000") || digits.equals("-0.000")
        ? "0"
        : digits.replaceFirst("^(-?)0\\.", "$1.");
  }

  private static String fixed(double value, int decimals) {
    double unit = StrictMath.pow(10, 4 - decimals);
    double whole = StrictMath.floor(StrictMath.abs(value) * 1e4 + .5);
    double rounded = StrictMath.floor(whole / unit + .5) / StrictMath.pow(10, decimals);
    return (value < 0 ? "-" : "") + String.format(Locale.ROOT, "%." + decimals + "f", rounded);
  }

  /// A mean as `4.2`.
  static String tenth(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /// A count with thousands separated.
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
