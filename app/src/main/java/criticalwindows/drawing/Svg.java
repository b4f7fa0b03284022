package criticalwindows.drawing;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Drawings as SVG.
public final class Svg {
  private final Function<Ink, String> stroke;
  private final Function<Ink, String> fill;

  private Svg(Function<Ink, String> stroke, Function<Ink, String> fill) {
    this.stroke = stroke;
    this.fill = fill;
  }

  /// A file of its own, on white paper.
  public static String file(Drawing drawing) {
    String size = "width=\"" + drawing.width() + "\" height=\"" + drawing.height() + "\"";
    Svg svg =
        new Svg(ink -> "stroke=\"" + ink.colour() + "\"", ink -> "fill=\"" + ink.colour() + "\"");
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + drawing.width()
        + " "
        + drawing.height()
        + "\" "
        + size
        + " font-family=\"system-ui, Helvetica, Arial, sans-serif\">\n<rect "
        + size
        + " fill=\"#ffffff\"/>\n"
        + svg.body(drawing)
        + "</svg>\n";
  }

  /// An element of a page, which gives `s-…` and `f-…` of each ink its colours.
  ///
  /// @param title for people who cannot see it
  public static String element(Drawing drawing, String title) {
    Svg svg =
        new Svg(ink -> "class=\"s-" + ink.name() + "\"", ink -> "class=\"f-" + ink.name() + "\"");
    return "<svg viewBox=\"0 0 "
        + drawing.width()
        + " "
        + drawing.height()
        + "\" role=\"img\" aria-label=\""
        + escape(title)
        + "\">\n"
        + svg.body(drawing)
        + "</svg>\n";
  }

  private String body(Drawing drawing) {
    return drawing.marks().stream().map(mark -> of(mark) + "\n").collect(Collectors.joining());
  }

  private String of(Mark mark) {
    return switch (mark) {
      case Mark.Line line ->
          "<polyline points=\""
              + points(line.points())
              + "\" fill=\"none\" "
              + stroke.apply(line.stroke().ink())
              + " stroke-width=\""
              + number(line.stroke().width())
              + "\" stroke-linejoin=\"round\""
              + attribute("stroke-dasharray", line.stroke().dash(), 0)
              + attribute("stroke-opacity", line.stroke().opacity(), 1)
              + "/>";
      case Mark.Area area ->
          "<polygon points=\""
              + points(area.points())
              + "\" "
              + fill.apply(area.ink())
              + attribute("fill-opacity", area.opacity(), 1)
              + "/>";
      case Mark.Dot dot ->
          "<circle cx=\""
              + number(dot.at().x())
              + "\" cy=\""
              + number(dot.at().y())
              + "\" r=\""
              + number(dot.radius())
              + "\" "
              + fill.apply(dot.ink())
              + "/>";
      case Mark.Label label ->
          "<text x=\""
              + number(label.at().x())
              + "\" y=\""
              + number(label.at().y())
              + "\" font-size=\""
              + number(label.font().size())
              + "\" "
              + fill.apply(label.font().ink())
              + " text-anchor=\""
              + label.anchor().name().toLowerCase(Locale.ROOT)
              + "\""
              + (label.font().weight() == Mark.Weight.BOLD ? " font-weight=\"600\"" : "")
              + ">"
              + escape(label.text())
              + "</text>";
    };
  }

  private static String attribute(String name, double value, double usual) {
    return value == usual ? "" : " " + name + "=\"" + number(value) + "\"";
  }

  private static String points(List<Mark.Point> points) {
    return points.stream()
        .map(point -> number(point.x()) + "," + number(point.y()))
        .collect(Collectors.joining(" "));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
