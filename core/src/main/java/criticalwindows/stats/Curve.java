package criticalwindows.stats;

import java.util.List;

/// A proportion at several positions, in order.
///
/// @param points with strictly growing positions
public record Curve(List<Point> points) {
  public Curve {
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).position() <= points.get(i - 1).position()) {
        throw new IllegalArgumentException(
            "a curve's positions grow, but " + points.get(i) + " does not");
      }
    }
  }

  /// One position of a curve.
  ///
  /// @param position in tokens kept
  public record Point(int position, Proportion proportion) {}
}
