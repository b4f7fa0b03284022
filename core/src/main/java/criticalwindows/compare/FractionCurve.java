package criticalwindows.compare;

import criticalwindows.outcome.CutOutcomes;
import criticalwindows.stats.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// A consistency curve by the fraction of the response, so that responses of different lengths can
/// be compared. Between two cuts it is a straight line, and outside of them nothing.
///
/// @param points with strictly growing fractions
public record FractionCurve(List<Point> points) {
  /// One point.
  ///
  /// @param fraction of the response, in [0, 1]
  /// @param value in [0, 1]
  public record Point(double fraction, double value) {}

  public FractionCurve {
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      if (!(points.get(i).fraction > points.get(i - 1).fraction)) {
        throw new IllegalArgumentException(points + ": fractions grow");
      }
    }
  }

  /// That of a response. Where it is known how it ends, that stands at 1.
  static FractionCurve of(CutOutcomes finding) {
    Curve curve = finding.consistency();
    List<Point> points = new ArrayList<>();
    for (Curve.Point point : curve.points()) {
      if (point.position() < finding.length()) {
        double fraction = (double) point.position() / finding.length();
        points.add(new Point(fraction, point.proportion().estimate()));
      }
    }
    curve.end().ifPresent(end -> points.add(new Point(1, end.holds() ? 1 : 0)));
    return new FractionCurve(points);
  }

  /// The least fraction at which it is known; absent where nothing was sampled.
  OptionalDouble from() {
    return points.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(points.getFirst().fraction);
  }

  /// The greatest.
  OptionalDouble to() {
    return points.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(points.getLast().fraction);
  }

  /// Its value there.
  public OptionalDouble at(double fraction) {
    for (int i = 0; i < points.size(); i++) {
      Point here = points.get(i);
      if (here.fraction == fraction) {
        return OptionalDouble.of(here.value);
      }
      if (i > 0 && points.get(i - 1).fraction < fraction && fraction < here.fraction) {
        return OptionalDouble.of(between(points.get(i - 1), here, fraction));
      }
    }
    return OptionalDouble.empty();
  }

  private static double between(Point before, Point after, double fraction) {
    double share = (fraction - before.fraction) / (after.fraction - before.fraction);
    return before.value + share * (after.value - before.value);
  }

  /// Its mean height from one fraction to another: the area under it by the length of that.
  ///
  /// @return absent where it is not known throughout, or there is nothing between
  public OptionalDouble mean(double from, double to) {
    if (!(from < to) || at(from).isEmpty() || at(to).isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Point> all = new ArrayList<>();
    all.add(new Point(from, at(from).getAsDouble()));
    points.stream().filter(p -> p.fraction > from && p.fraction < to).forEach(all::add);
    all.add(new Point(to, at(to).getAsDouble()));
    double area = 0;
    for (int i = 1; i < all.size(); i++) {
      Point before = all.get(i - 1);
      Point after = all.get(i);
      area += (after.fraction - before.fraction) * (after.value + before.value) / 2;
    }
    return OptionalDouble.of(area / (to - from));
  }
}
