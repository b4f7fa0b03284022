package criticalwindows.localise;

import java.util.List;

/// How often each class of outcome came at several positions of a response.
///
/// @param classes their names, at least two, such as the answers that were seen
/// @param points with strictly growing positions
public record ClassCounts(List<String> classes, List<Point> points) {
  public ClassCounts {
    classes = List.copyOf(classes);
    points = List.copyOf(points);
    if (classes.size() < 2) {
      throw new IllegalArgumentException("a distribution over " + classes.size() + " classes");
    }
    int before = -1;
    for (Point point : points) {
      if (point.counts().size() != classes.size() || point.position() <= before) {
        throw new IllegalArgumentException(
            "positions grow, with a count for each of " + classes.size() + " classes: " + point);
      }
      before = point.position();
    }
  }

  /// One position.
  ///
  /// @param position in tokens kept, at least 0
  /// @param counts by class, each at least 0
  public record Point(int position, List<Long> counts) {
    public Point {
      counts = List.copyOf(counts);
      if (counts.stream().anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException("counts of " + counts);
      }
    }
  }
}
