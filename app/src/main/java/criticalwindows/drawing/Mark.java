package criticalwindows.drawing;

import java.util.ArrayList;
import java.util.List;

/// A part of a drawing. Lengths are pixels at scale 1, y points down.
public sealed interface Mark {
  /// A place.
  record Point(double x, double y) {}

  /// How a line looks.
  ///
  /// @param dash lengths of dashes and gaps; 0 for none
  /// @param opacity in (0, 1]
  record Stroke(Ink ink, double width, double dash, double opacity) {
    /// A whole line.
    public static Stroke of(Ink ink, double width) {
      return new Stroke(ink, width, 0, 1);
    }

    /// The same in dashes.
    public Stroke dashed(double length) {
      return new Stroke(ink, width, length, opacity);
    }

    /// The same, not so strong.
    public Stroke faint(double share) {
      return new Stroke(ink, width, dash, share);
    }
  }

  /// A line through these points.
  record Line(List<Point> points, Stroke stroke) implements Mark {
    private static final int BENT = 12;

    public Line {
      points = List.copyOf(points);
    }

    /// A grey line for axes and grids.
    public static Line thin(Point from, Point to) {
      return new Line(List.of(from, to), Stroke.of(Ink.GRID, 1));
    }

    /// A line that leaves and arrives level, bent between the two points, and goes on to an end.
    public static Line bent(Point from, Point to, double end, Stroke stroke) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i <= BENT; i++) {
        double t = i / (double) BENT;
        double smooth = t * t * (3 - 2 * t);
        points.add(new Point(from.x + t * (to.x - from.x), from.y + smooth * (to.y - from.y)));
      }
      points.add(new Point(end, to.y));
      return new Line(points, stroke);
    }
  }

  /// A filled polygon.
  ///
  /// @param opacity in (0, 1]
  record Area(List<Point> points, Ink ink, double opacity) implements Mark {
    public Area {
      points = List.copyOf(points);
    }

    /// A box with these opposite corners.
    public static Area box(Point one, Point other, Ink ink, double opacity) {
      return new Area(
          List.of(one, new Point(other.x, one.y), other, new Point(one.x, other.y)), ink, opacity);
    }
  }

  /// A filled dot.
  record Dot(Point at, double radius, Ink ink) implements Mark {}

  /// A text on one line.
  record Label(Point at, String text, Font font, Anchor anchor) implements Mark {}

  /// How a text looks.
  record Font(double size, Ink ink, Weight weight) {
    public static final Font PLAIN = new Font(12, Ink.TEXT, Weight.PLAIN);
    public static final Font SMALL = new Font(11, Ink.SOFT, Weight.PLAIN);
    public static final Font HEAD = new Font(13, Ink.TEXT, Weight.BOLD);
    public static final Font TITLE = new Font(16, Ink.TEXT, Weight.BOLD);
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
