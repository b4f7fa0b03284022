package criticalwindows.stats;

import java.util.Arrays;
import java.util.Optional;

/// A median, and what is known of the median of all that could have been there.
///
/// @param interval 95 %, by order statistics: from the largest ranks that leave at most 2.5 % on
///   either side, by the normal approximation of the binomial with continuity
/// @param count of values, at least 1
public record MedianEstimate(double value, Interval interval, int count) {
  private static final double LEVEL = .95;

  /// Of values in any order; absent where there are none.
  public static Optional<MedianEstimate> of(double[] values) {
    if (values.length == 0) {
      return Optional.empty();
    }
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int n = sorted.length;
    double middle = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    return Optional.of(new MedianEstimate(middle, around(sorted), n));
  }

  private static Interval around(double[] sorted) {
    int n = sorted.length;
    double half = Normal.quantile((1 + LEVEL) / 2) * StrictMath.sqrt(n) / 2 + .5;
    int low = Math.clamp((long) StrictMath.floor(n / 2.0 - half), 0, n - 1);
    int high = Math.clamp((long) StrictMath.ceil(n / 2.0 + half) - 1, 0, n - 1);
    return new Interval(sorted[Math.min(low, high)], sorted[high]);
  }
}
