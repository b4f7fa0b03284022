package criticalwindows.view;

/// Text for a terminal. What a model or a data set wrote is hostile there: control characters could
/// move the cursor, recolour or rename the window.
public final class TerminalText {
  private TerminalText() {}

  /// The text on one line, with every control, format and private character replaced by a space or
  /// `?`.
  public static String line(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints().map(TerminalText::shown).forEach(safe::appendCodePoint);
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
}
