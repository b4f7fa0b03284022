package criticalwindows.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// How well a score tells positives from negatives: a text is flagged where its score lies above a
/// threshold.
///
/// *Source:* for the interval of the area Newcombe, Statistics in Medicine 25 (2006) 559–573,
/// method 5.
public final class Roc {
  private static final double NEGLIGIBLE = 1e-9;

  private final double[] positives;
  private final double[] negatives;

  private Roc(double[] positives, double[] negatives) {
    this.positives = sorted(positives);
    this.negatives = sorted(negatives);
  }

  /// Of scores, at least one of each.
  ///
  /// @throws IllegalArgumentException if one is no number, or there are none of a kind
  public static Roc of(double[] positives, double[] negatives) {
    return new Roc(positives, negatives);
  }

  private static double[] sorted(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    if (sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException(sorted.length + " scores, all of them numbers");
    }
    return sorted;
  }

  /// What is flagged where at most a given share of the negatives may be.
  ///
  /// @param threshold above which a text is flagged
  /// @param found the positives that are flagged
  /// @param raised the negatives that are flagged
  /// @param whole 95 % interval of the share of positives that are flagged at a threshold at which
  ///   exactly that share of all negatives is; the sampling of both kinds is in it
  public record Caught(double threshold, Proportion found, Proportion raised, Interval whole) {}

  /// P(a positive's score is above a negative's) + ½ P(they are equal), in [0, 1].
  public double area() {
    double above = 0;
    for (double score : positives) {
      int less = below(negatives, score);
      above += less + (atMost(negatives, score) - less) / 2.0;
    }
    return above / ((double) positives.length * negatives.length);
  }

  /// The areas that are as near to the measured one as their own standard error allows. It is not
  /// empty where the kinds are wholly apart.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public Interval areaInterval(double level) {
    return AreaError.interval(area(), new AreaError(positives.length, negatives.length), level);
  }

  /// What is flagged where at most this share of the negatives is. The threshold is one of the
  /// negatives' scores; its own uncertainty is that over all ways to draw as many negatives from
  /// these again (the bootstrap, summed exactly).
  ///
  /// @param share in (0, 1); nothing but [0, 1] is known where it is less than one negative
  public Caught at(double share) {
    double threshold = threshold(negatives, share);
    Proportion found = new Proportion(above(positives, threshold), positives.length);
    Proportion raised = new Proportion(above(negatives, threshold), negatives.length);
    return new Caught(threshold, found, raised, whole(share));
  }

  /// The number of positives above the threshold, over all draws of as many negatives from these
  /// with replacement, each with Jeffreys' posterior of its share: of a draw's sorted scores the
  /// one at a given rank is at most the j-th of these with the probability that at least so many of
  /// the draw are.
  private Interval whole(double share) {
    int n = negatives.length;
    if (share * n < 1) {
      return Interval.SHARE;
    }
    Beta rank = new Beta(n - flagged(n, share), flagged(n, share) + 1.0);
    Map<Long, Double> weights = new TreeMap<>();
    double before = 0;
    for (int j = 0; j < n && before < 1 - NEGLIGIBLE; j++) {
      double until = rank.cumulative((j + 1.0) / n);
      if (until - before > 0) {
        weights.merge((long) above(positives, negatives[j]), until - before, Double::sum);
      }
      before = until;
    }
    return new Interval(quantile(weights, .025), quantile(weights, .975));
  }

  /// Of a mixture of posteriors.
  private double quantile(Map<Long, Double> weights, double p) {
    double total = weights.values().stream().mapToDouble(weight -> weight).sum();
    double low = 0;
    double high = 1;
    while (high - low > 1e-9) {
      double middle = (low + high) / 2;
      double below = 0;
      for (Map.Entry<Long, Double> entry : weights.entrySet()) {
        Proportion found = new Proportion(entry.getKey(), positives.length);
        below += entry.getValue() * Beta.jeffreys(found).cumulative(middle);
      }
      if (below < p * total) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /// The lowest score above which lies at most this share of the sorted ones.
  private static double threshold(double[] sorted, double share) {
    return sorted[sorted.length - 1 - flagged(sorted.length, share)];
  }

  /// The most of so many that are at most this share of them.
  private static int flagged(int all, double share) {
    return Math.clamp((int) StrictMath.floor(share * all + 1e-9), 0, all - 1);
  }

  private static int above(double[] sorted, double threshold) {
    return sorted.length - atMost(sorted, threshold);
  }

  private static int below(double[] sorted, double score) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int atMost(double[] sorted, double score) {
    return below(sorted, StrictMath.nextUp(score));
  }
}
