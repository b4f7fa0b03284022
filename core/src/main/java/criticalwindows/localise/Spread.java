package criticalwindows.localise;

import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A probability distribution on a line: a mixture of uniform stretches.
final class Spread {
  private static final double TOLERANCE = 1e-9;

  private final List<double[]> stretches = new ArrayList<>();
  private double total;
  private double moment;
  private Cumulative known = new Cumulative(new double[0], new double[0]);

  /// Mixes in a uniform stretch.
  void add(double low, double high, double weight) {
    if (weight > 0) {
      stretches.add(new double[] {low, StrictMath.max(high, low + TOLERANCE), weight});
      total += weight;
      moment += weight * .5 * (low + high);
    }
  }

  double total() {
    return total;
  }

  double mean() {
    return moment / total;
  }

  /// Its cumulative distribution, a straight line between its knots.
  Cumulative cumulative() {
    if (known.knots.length == 0) {
      known = sum();
    }
    return known;
  }

  private Cumulative sum() {
    double[] knots =
        stretches.stream()
            .flatMapToDouble(s -> Arrays.stream(s, 0, 2))
            .sorted()
            .distinct()
            .toArray();
    double[] density = new double[knots.length];
    for (double[] s : stretches) {
      double rate = s[2] / (s[1] - s[0]) / total;
      density[Arrays.binarySearch(knots, s[0])] += rate;
      density[Arrays.binarySearch(knots, s[1])] -= rate;
    }
    double[] sums = new double[knots.length];
    double rate = 0;
    for (int i = 1; i < knots.length; i++) {
      rate += density[i - 1];
      sums[i] = sums[i - 1] + StrictMath.max(0, rate) * (knots[i] - knots[i - 1]);
    }
    return new Cumulative(knots, sums);
  }

  /// A cumulative distribution.
  ///
  /// @param knots growing
  /// @param sums at the knots, from 0 to 1
  @SuppressWarnings("ArrayRecordComponent")
  record Cumulative(double[] knots, double[] sums) {
    double at(double x) {
      int i = Arrays.binarySearch(knots, x);
      if (i >= 0) {
        return sums[i];
      }
      int next = -i - 1;
      if (next == 0) {
        return 0;
      }
      if (next == knots.length) {
        return 1;
      }
      double along = (x - knots[next - 1]) / (knots[next] - knots[next - 1]);
      return sums[next - 1] + along * (sums[next] - sums[next - 1]);
    }

    double between(double low, double high) {
      return at(high) - at(low);
    }

    double quantile(double p) {
      int i = Arrays.binarySearch(sums, p);
      int next = i >= 0 ? i : StrictMath.min(-i - 1, knots.length - 1);
      if (next == 0 || sums[next] <= p) {
        return knots[next];
      }
      double along = (p - sums[next - 1]) / (sums[next] - sums[next - 1]);
      return knots[next - 1] + along * (knots[next] - knots[next - 1]);
    }

    double mean() {
      double mean = 0;
      for (int i = 1; i < knots.length; i++) {
        mean += (sums[i] - sums[i - 1]) * .5 * (knots[i] + knots[i - 1]);
      }
      return mean;
    }

    /// A shortest interval of this probability, at least.
    Interval shortest(double level) {
      double low = knots[0];
      double high = knots[knots.length - 1];
      for (int i = 0; i < knots.length; i++) {
        if (sums[i] + level <= 1) {
          double to = quantile(sums[i] + level);
          if (to - knots[i] < high - low) {
            low = knots[i];
            high = to;
          }
        }
        if (sums[i] >= level) {
          double from = quantile(sums[i] - level);
          if (knots[i] - from < high - low) {
            low = from;
            high = knots[i];
          }
        }
      }
      return new Interval(low, high);
    }
  }
}
