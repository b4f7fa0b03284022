package criticalwindows.bench;

import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A ratio of sums over clusters, and how much it would vary over other clusters like these.
final class Clusters {
  private static final int RESAMPLES = 2000;
  private static final double TAIL = .025;

  private final List<double[]> sums = new ArrayList<>();

  /// One cluster's part of the sum above and of the sum below.
  void add(double above, double below) {
    sums.add(new double[] {above, below});
  }

  /// Whether there is anything below.
  boolean known() {
    return sums.stream().anyMatch(sum -> sum[1] > 0);
  }

  double ratio() {
    return sums.stream().mapToDouble(sum -> sum[0]).sum()
        / sums.stream().mapToDouble(sum -> sum[1]).sum();
  }

  /// The 95 % interval by the percentiles of a bootstrap over clusters.
  ///
  /// *Source:* Davison and Hinkley, Bootstrap Methods and their Application (1997), 3.8 and 5.3.
  Interval interval() {
    Draws draws = new Draws(1);
    double[] ratios = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double above = 0;
      double below = 0;
      while (below == 0) {
        for (int j = 0; j < sums.size(); j++) {
          double[] sum = sums.get(draws.below(sums.size()));
          above += sum[0];
          below += sum[1];
        }
      }
      ratios[i] = above / below;
    }
    Arrays.sort(ratios);
    int first = (int) (TAIL * RESAMPLES);
    return new Interval(ratios[first], ratios[RESAMPLES - 1 - first]);
  }
}
