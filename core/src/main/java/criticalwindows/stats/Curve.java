package criticalwindows.stats;

import java.util.List;
import java.util.Optional;

/// A proportion at several positions, in order.
///
/// @param points with strictly growing positions
/// @param end what is known of its end without sampling
public record Curve(List<Point> points, Optional<End> end) {
  public Curve {
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).position() <= points.get(i - 1).position()) {
        throw new IllegalArgumentException(
            "a curve's positions grow, but " + points.get(i) + " does not");
      }
    }
  }

  /// A curve whose end is not known.
  public Curve(List<Point> points) {
    this(points, Optional.empty());
  }

  /// These points, with this end.
  public Curve endingAt(End known) {
    return new Curve(points, Optional.of(known));
  }

  /// The end of a response that has ended: with its stop token kept nothing is left to be sampled.
  ///
  /// @param position in tokens kept, the stop token included
  /// @param holds whether the outcome is the one that is counted: the probability there is 1 or 0
  public record End(int position, boolean holds) {}

  /// One position of a curve.
  ///
  /// @param position in tokens kept
  public record Point(int position, Proportion proportion) {}
}
