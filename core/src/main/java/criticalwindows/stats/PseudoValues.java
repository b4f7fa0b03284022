package criticalwindows.stats;

import java.util.ArrayList;
import java.util.List;

/// Statistics of many items as means: a value for each item whose mean is the statistic, and whose
/// spread is how far each item moves it (the infinitesimal jackknife). So slopes, correlations and
/// areas get intervals, and are compared in pairs, like any mean over items.
///
/// *Source:* Efron, The Jackknife, the Bootstrap and Other Resampling Plans (SIAM, 1982), chapter
/// 6; of areas, DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988) 837–845.
public final class PseudoValues {
  private PseudoValues() {}

  /// What an item has of two variables: Σ x², Σ x·y and Σ y² over its points, around whatever
  /// centre.
  public record Sums(double xx, double xy, double yy) {
    /// Around each item's own means.
    ///
    /// @param x as many as `y`, at least one
    public static Sums centred(List<Double> x, List<Double> y) {
      double atX = x.stream().mapToDouble(value -> value).average().orElseThrow();
      double atY = y.stream().mapToDouble(value -> value).average().orElseThrow();
      return around(atX, atY, x, y);
    }

    /// Around 0.
    public static Sums plain(List<Double> x, List<Double> y) {
      return around(0, 0, x, y);
    }

    private static Sums around(double atX, double atY, List<Double> x, List<Double> y) {
      double xx = 0;
      double xy = 0;
      double yy = 0;
      for (int i = 0; i < x.size(); i++) {
        double a = x.get(i) - atX;
        double b = y.get(i) - atY;
        xx += a * a;
        xy += a * b;
        yy += b * b;
      }
      return new Sums(xx, xy, yy);
    }
  }

  /// Of the slope of y by x over all points, Σ xy ÷ Σ x².
  ///
  /// @param items at least one
  /// @return as many; none where no item has any x but 0
  public static List<Double> slope(List<Sums> items) {
    double xx = items.stream().mapToDouble(Sums::xx).average().orElseThrow();
    double xy = items.stream().mapToDouble(Sums::xy).average().orElseThrow();
    if (xx <= 0) {
      return List.of();
    }
    double slope = xy / xx;
    return items.stream().map(item -> slope + (item.xy - slope * item.xx) / xx).toList();
  }

  /// Of the correlation over all points, Σ xy ÷ √(Σ x² · Σ y²).
  ///
  /// @param items at least one
  /// @return as many; none where x or y is always 0
  public static List<Double> correlation(List<Sums> items) {
    double xx = items.stream().mapToDouble(Sums::xx).average().orElseThrow();
    double xy = items.stream().mapToDouble(Sums::xy).average().orElseThrow();
    double yy = items.stream().mapToDouble(Sums::yy).average().orElseThrow();
    if (xx <= 0 || yy <= 0) {
      return List.of();
    }
    double root = StrictMath.sqrt(xx * yy);
    double r = xy / root;
    return items.stream()
        .map(item -> r + item.xy / root - r / 2 * (item.xx / xx + item.yy / yy))
        .toList();
  }

  /// A score of a text that is a positive or a negative one.
  public record Scored(double score, boolean positive) {}

  /// Of the area under the curve of a score: P(a positive's score is above a negative's) + ½ P(they
  /// are equal).
  ///
  /// @return as many; none where there is no positive or no negative
  public static List<Double> area(List<Scored> items) {
    long positives = items.stream().filter(Scored::positive).count();
    long negatives = items.size() - positives;
    if (positives == 0 || negatives == 0) {
      return List.of();
    }
    List<Double> placed = new ArrayList<>();
    double area = 0;
    for (Scored item : items) {
      double won = 0;
      for (Scored other : items) {
        if (other.positive != item.positive) {
          int sign = Double.compare(item.score, other.score);
          won += sign == 0 ? .5 : (sign > 0) == item.positive ? 1 : 0;
        }
      }
      double share = won / (item.positive ? negatives : positives);
      placed.add(share);
      area += item.positive ? share / positives : 0;
    }
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      double kind = items.get(i).positive ? positives : negatives;
      values.add(area + (placed.get(i) - area) * items.size() / kind);
    }
    return values;
  }
}
