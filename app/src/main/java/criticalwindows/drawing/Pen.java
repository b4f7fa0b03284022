package criticalwindows.drawing;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.List;

/// Marks as filled shapes, texts too: what looks the same wherever it is shown.
final class Pen {
  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

  private Pen() {}

  /// A shape and how it is filled.
  ///
  /// @param opacity in (0, 1]
  record Filled(Shape shape, Ink ink, double opacity) {}

  static Filled of(Mark mark) {
    return switch (mark) {
      case Mark.Line line -> {
        Mark.Stroke stroke = line.stroke();
        float[] dash = stroke.dash() > 0 ? new float[] {(float) stroke.dash()} : null;
        BasicStroke pen =
            new BasicStroke(
                (float) stroke.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
        yield new Filled(
            pen.createStrokedShape(path(line.points())), stroke.ink(), stroke.opacity());
      }
      case Mark.Area area -> {
        Path2D path = path(area.points());
        path.closePath();
        yield new Filled(path, area.ink(), area.opacity());
      }
      case Mark.Dot dot -> {
        double r = dot.radius();
        yield new Filled(
            new Ellipse2D.Double(dot.at().x() - r, dot.at().y() - r, 2 * r, 2 * r), dot.ink(), 1);
      }
      case Mark.Label label -> new Filled(text(label), label.font().ink(), 1);
    };
  }

  private static Shape text(Mark.Label label) {
    if (label.text().isBlank()) {
      return new Path2D.Double();
    }
    int style = label.font().weight() == Mark.Weight.BOLD ? Font.BOLD : Font.PLAIN;
    Font font = new Font(Font.SANS_SERIF, style, 1).deriveFont((float) label.font().size());
    TextLayout layout = new TextLayout(label.text(), font, EXACT);
    double wide = layout.getAdvance();
    double left =
        switch (label.anchor()) {
          case START -> 0;
          case MIDDLE -> wide / 2;
          case END -> wide;
        };
    return layout.getOutline(
        AffineTransform.getTranslateInstance(label.at().x() - left, label.at().y()));
  }

  private static Path2D path(List<Mark.Point> points) {
    Path2D path = new Path2D.Double();
    for (Mark.Point point : points) {
      if (path.getCurrentPoint() == null) {
        path.moveTo(point.x(), point.y());
      } else {
        path.lineTo(point.x(), point.y());
      }
    }
    return path;
  }
}
