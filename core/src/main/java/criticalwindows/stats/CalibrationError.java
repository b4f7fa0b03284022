package criticalwindows.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How far forecasts lie from what comes out, on average over bins of equal weight: the expected
/// calibration error.
///
/// It is never negative, and so noise alone makes it larger than 0: what noise alone would give is
/// said beside it.
///
/// *Source:* Nguyen and O'Connor, "Posterior calibration and exploratory analysis for natural
/// language processing models", EMNLP 2015, for bins of equal mass; the interval is by the
/// delete-one-cluster jackknife (Efron, 1982, chapter 3).
///
/// @param estimate in [0, 1]
/// @param noise the mean that forecasts without any error would have, by the normal law of each bin
/// @param standardError infinite with one cluster
/// @param clusters at least 1
public record CalibrationError(double estimate, double noise, double standardError, int clusters) {
  /// A forecast.
  ///
  /// @param cluster in [0, clusters)
  /// @param forecast in [0, 1]
  /// @param share of what came out, in [0, 1]
  /// @param weight how much it counts, above 0
  public record Row(int cluster, double forecast, double share, double weight) {}

  /// Of these rows.
  ///
  /// @param rows at least one
  /// @param clusters how many there are
  /// @param bins at least 1
  public static CalibrationError of(List<Row> rows, int clusters, int bins) {
    double[][] apart = new double[clusters][bins];
    double[] mass = new double[clusters];
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingDouble(Row::forecast));
    double all = rows.stream().mapToDouble(Row::weight).sum();
    double before = 0;
    for (int from = 0; from < sorted.size(); ) {
      // Equal forecasts stay together, so that their order means nothing.
      int to = from;
      double here = 0;
      while (to < sorted.size() && sorted.get(to).forecast == sorted.get(from).forecast) {
        here += sorted.get(to).weight;
        to++;
      }
      int bin = Math.clamp((int) ((before + here / 2) / all * bins), 0, bins - 1);
      for (Row row : sorted.subList(from, to)) {
        apart[row.cluster][bin] += row.weight * (row.share - row.forecast);
        mass[row.cluster] += row.weight;
      }
      before += here;
      from = to;
    }
    return of(apart, mass, all);
  }

  /// @param apart of each cluster and bin Σ weight · (share − forecast)
  private static CalibrationError of(double[][] apart, double[] mass, double all) {
    int clusters = mass.length;
    double[] sums = new double[apart[0].length];
    double[] squares = new double[sums.length];
    for (double[] own : apart) {
      for (int b = 0; b < sums.length; b++) {
        sums[b] += own[b];
        squares[b] += own[b] * own[b];
      }
    }
    double estimate = 0;
    double noise = 0;
    for (int b = 0; b < sums.length; b++) {
      estimate += StrictMath.abs(sums[b]) / all;
      noise += StrictMath.sqrt(2 / StrictMath.PI * squares[b]) / all;
    }
    double[] without = new double[clusters];
    double mean = 0;
    for (int c = 0; c < clusters; c++) {
      for (int b = 0; b < sums.length; b++) {
        without[c] += StrictMath.abs(sums[b] - apart[c][b]) / (all - mass[c]);
      }
      mean += without[c] / clusters;
    }
    double spread = 0;
    for (double each : without) {
      spread += (each - mean) * (each - mean);
    }
    double error =
        clusters > 1
            ? StrictMath.sqrt(spread * (clusters - 1) / clusters)
            : Double.POSITIVE_INFINITY;
    return new CalibrationError(estimate, noise, error, clusters);
  }

  /// The errors that a two-sided t test would not reject.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public Interval interval(double level) {
    return new Ratio(estimate, standardError, clusters).interval(level, Interval.SHARE);
  }
}
