package criticalwindows.stats;

import java.util.List;

/// The ratio of two sums over independent clusters, such as the errors of each problem to their
/// number, or what was measured on each to what was expected. With a whole of 1 for each cluster it
/// is a plain mean.
///
/// @param estimate Σ part ÷ Σ whole
/// @param standardError by linearisation; infinite with one cluster, from which nothing can be told
/// @param clusters at least 1
public record Ratio(double estimate, double standardError, int clusters) {
  /// What one cluster brings.
  ///
  /// @param whole at least 0
  public record Share(double part, double whole) {}

  /// The ratio of these clusters.
  ///
  /// *Source:* Cochran, Sampling Techniques, 3rd edition (1977), section 6.4, without the
  /// correction for a finite population.
  ///
  /// @param shares at least one; their wholes do not sum to 0
  public static Ratio of(List<Share> shares) {
    double part = 0;
    double whole = 0;
    for (Share share : shares) {
      part += share.part;
      whole += share.whole;
    }
    if (!(whole > 0)) {
      throw new IllegalArgumentException("a ratio to " + whole);
    }
    double estimate = part / whole;
    double squares = 0;
    for (Share share : shares) {
      double excess = share.part - estimate * share.whole;
      squares += excess * excess;
    }
    int n = shares.size();
    double error =
        n > 1 ? StrictMath.sqrt(squares * n / (n - 1.0)) / whole : Double.POSITIVE_INFINITY;
    return new Ratio(estimate, error, n);
  }

  /// The mean of independent values.
  ///
  /// @param values at least one
  public static Ratio mean(List<Double> values) {
    return of(values.stream().map(value -> new Share(value, 1)).toList());
  }

  /// The values that a two-sided t test at this level would not reject, of those that there can be;
  /// all of these with one cluster.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  /// @param possible the values that it can have, such as [Interval#SHARE]
  public Interval interval(double level, Interval possible) {
    if (clusters == 1) {
      return possible;
    }
    double half = Student.quantile((1 + level) / 2, clusters - 1) * standardError;
    return new Interval(estimate - half, estimate + half).within(possible);
  }

  /// How often a ratio is as far from 0 where the true one is 0, by the same t.
  ///
  /// @return in [0, 1]; 1 with one cluster, or where the ratio is 0
  public double pValue() {
    if (clusters == 1 || estimate == 0) {
      return 1;
    }
    double t = StrictMath.abs(estimate) / standardError;
    return 2 * Student.cumulative(-t, clusters - 1);
  }
}
