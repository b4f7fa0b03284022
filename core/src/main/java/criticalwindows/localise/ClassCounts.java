package criticalwindows.localise;

import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
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

  /// With at most about so many positions, for what takes a step for each pair of them: those in an
  /// interval stay apart as far as half of them go, all others count together with their
  /// neighbours. The last one stays by itself, which can be the end of the response.
  ///
  /// @param apart the interval, in tokens kept
  /// @param most at least 8
  public ClassCounts pooled(Interval apart, int most) {
    if (points.size() <= most) {
      return this;
    }
    List<Point> all = points.subList(0, points.size() - 1);
    int from = (int) all.stream().filter(point -> point.position() < apart.low()).count();
    int to = (int) all.stream().filter(point -> point.position() <= apart.high()).count();
    List<Point> few = new ArrayList<>();
    few.addAll(groups(all.subList(0, from), most / 4));
    few.addAll(groups(all.subList(from, Math.max(from, to)), most / 2));
    few.addAll(groups(all.subList(Math.max(from, to), all.size()), most / 4));
    few.add(points.getLast());
    return new ClassCounts(classes, few);
  }

  /// So many even groups of neighbours, or every position where there are no more.
  private static List<Point> groups(List<Point> some, int most) {
    int groups = Math.min(most, some.size());
    List<Point> pooled = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      int from = (int) ((long) i * some.size() / groups);
      int to = (int) ((i + 1L) * some.size() / groups);
      pooled.add(together(some.subList(from, to)));
    }
    return pooled;
  }

  private static Point together(List<Point> group) {
    long[] sums = new long[group.getFirst().counts().size()];
    for (Point point : group) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += point.counts().get(i);
      }
    }
    return new Point(group.get(group.size() / 2).position(), Arrays.stream(sums).boxed().toList());
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
