package criticalwindows.report;

import java.util.Locale;

/// A drawing in SVG, for a page whose style gives the colours: elements have classes alone.
final class Drawing {
  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;
  private final String title;

  /// @param title for people who cannot see it
  Drawing(int width, int height, String title) {
    this.width = width;
    this.height = height;
    this.title = title;
  }

  /// Adds an element.
  Drawing add(String element) {
    body.append(element).append('\n');
    return this;
  }

  /// Adds a text, whatever is in it.
  ///
  /// @param kind classes
  /// @param anchor start, middle or end
  Drawing text(double x, double y, String kind, String anchor, String text) {
    String open =
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\" text-anchor=\"%s\">",
            x,
            y,
            kind,
            anchor);
    return add(open + CotPage.escape(text) + "</text>");
  }

  @Override
  public String toString() {
    return String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
            width,
            height,
            CotPage.escape(title))
        + body
        + "</svg>\n";
  }
}
