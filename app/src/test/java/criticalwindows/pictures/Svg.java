package criticalwindows.pictures;

import java.util.Locale;

/// A drawing on white paper, so that it can be read on dark pages too.
final class Svg {
  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /// Adds an element.
  Svg add(String element) {
    body.append("  ").append(element).append('\n');
    return this;
  }

  /// Adds a text.
  ///
  /// @param style as attributes
  Svg text(double x, double y, String style, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return add(
        String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" %s>%s</text>", x, y, style, safe));
  }

  @Override
  public String toString() {
    String head =
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" font-family=\"system-ui, sans-serif\" font-size=\"12\""
                + " fill=\"#24292f\">%n",
            width,
            height,
            width,
            height);
    String paper = "  <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#ffffff\"/>\n";
    return head.replace("\r", "") + paper + body + "</svg>\n";
  }
}
