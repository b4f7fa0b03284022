package criticalwindows.exact;

import criticalwindows.stats.Binomial;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Normal;
import java.util.List;

/// How far measured curves are from exact ones, beside what sampling noise alone gives.
///
/// @param cells cuts compared
/// @param mean of |measured − exact| over them; 0 where there are none
/// @param noise the expectation of that mean for an exact model, by the binomial distribution
/// @param range where the mean of an exact model lies in 95 % of all runs: `noise` and 1.96
///   standard deviations to both sides, the cells being independent
public record Distance(int cells, double mean, double noise, Interval range) {
  private static final double Z = Normal.quantile(.975);

  /// The distance over some cells.
  public static Distance of(List<Cell> cells) {
    if (cells.isEmpty()) {
      return new Distance(0, 0, 0, new Interval(0, 0));
    }
    double apart = 0;
    double noise = 0;
    double variance = 0;
    for (Cell cell : cells) {
      Binomial binomial = cell.noise();
      apart += cell.apart();
      noise += binomial.meanDeviation();
      variance += binomial.deviationVariance();
    }
    int count = cells.size();
    double half = Z * StrictMath.sqrt(variance) / count;
    double centre = noise / count;
    Interval range = new Interval(StrictMath.max(0, centre - half), centre + half);
    return new Distance(count, apart / count, centre, range);
  }

  /// Whether there was anything to compare.
  public boolean known() {
    return cells > 0;
  }
}
