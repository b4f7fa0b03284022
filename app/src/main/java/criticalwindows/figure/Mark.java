package criticalwindows.figure;

import java.util.List;

/// A part of a drawing. Lengths are pixels at scale 1, y points down; colours are `#rrggbb`.
public sealed interface Mark {
  /// A place.
  record Point(double x, double y) {}

  /// A line through these points.
  ///
  /// @param dash lengths of dashes and gaps; 0 for none
  record Line(List<Point> points, String colour, double width, double dash) implements Mark {
    public Line {
      points = List.copyOf(points);
    }

    /// A grey line for axes and grids.
    public static Line thin(Point from, Point to) {
      return new Line(List.of(from, to), Ink.GRID, 1, 0);
    }
  }

  /// A filled polygon.
  ///
  /// @param opacity in (0, 1]
  record Area(List<Point> points, String colour, double opacity) implements Mark {
    public Area {
      points = List.copyOf(points);
    }

    /// A box with these opposite corners.
    static Area box(Point one, Point other, String colour, double opacity) {
      return new Area(
          List.of(one, new Point(other.x, one.y), other, new Point(one.x, other.y)),
          colour,
          opacity);
    }
  }

  /// A filled dot.
  record Dot(Point at, double radius, String colour) implements Mark {}

  /// A text on one line.
  record Label(Point at, String text, Font font, Anchor anchor) implements Mark {}

  /// How a text looks.
  record Font(double size, String colour, Weight weight) {
    static final Font PLAIN = new Font(12, Ink.TEXT, Weight.PLAIN);
    static final Font SMALL = new Font(11, Ink.SOFT, Weight.PLAIN);
    static final Font HEAD = new Font(13, Ink.TEXT, Weight.BOLD);
    static final Font TITLE = new Font(16, Ink.TEXT, Weight.BOLD);
  }

  /// How heavy a text is.
  enum Weight {
    PLAIN,
    BOLD
  }

  /// Which part of a text stands at its place.
  enum Anchor {
    START,
    MIDDLE,
    END
  }
}
