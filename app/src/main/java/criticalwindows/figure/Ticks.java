package criticalwindows.figure;

import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.List;

/// An axis of any numbers: its range, and round numbers on it.
///
/// @param range from the first to the last, of some width
/// @param values in ascending order, within the range
record Ticks(Interval range, List<Double> values) {
  private static final int ABOUT = 4;
  private static final double MARGIN = .06;

  Ticks {
    values = List.copyOf(values);
  }

  /// For numbers that lie in these intervals, at least one of which is finite.
  static Ticks over(List<Interval> shown) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Interval each : shown) {
      if (Double.isFinite(each.low()) && Double.isFinite(each.high())) {
        low = Math.min(low, each.low());
        high = Math.max(high, each.high());
      }
    }
    if (!(low <= high)) {
      throw new IllegalArgumentException("an axis for " + shown);
    }
    double width = Math.max(high - low, 1e-3);
    Interval range = new Interval(low - MARGIN * width, high + MARGIN * width);
    return new Ticks(range, round(range));
  }

  private static List<Double> round(Interval range) {
    double rough = range.width() / ABOUT;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = 10 * power;
    for (double each : new double[] {5, 2.5, 2, 1}) {
      step = each * power >= rough ? each * power : step;
    }
    List<Double> values = new ArrayList<>();
    for (long i = (long) Math.ceil(range.low() / step); i * step <= range.high(); i++) {
      values.add(i * step);
    }
    return values;
  }

  /// A number's place, 0 at the beginning of the range and 1 at its end; what lies beyond is at the
  /// end that is nearer.
  double place(double value) {
    return Math.clamp((value - range.low()) / range.width(), 0.0, 1.0);
  }
}
