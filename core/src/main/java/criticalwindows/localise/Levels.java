package criticalwindows.localise;

import criticalwindows.stats.Gamma;
import criticalwindows.stats.Proportion;

/// The probabilities a curve can have: plateaus lie on 21 levels, and the points of a slope on 201.
final class Levels {
  /// The highest plateau; the lowest is 0.
  static final int TOP = 20;

  /// Slope points from one level to the next.
  static final int FINE = 10;

  /// How many slope points there are.
  static final int POINTS = TOP * FINE + 1;

  /// So many trials can be multiplied without running out of range.
  private static final int FEW = 60;

  private static final double EDGE = .0025;

  private Levels() {}

  /// The probability of a slope point.
  ///
  /// @param point in [0, POINTS)
  static double probability(int point) {
    return StrictMath.clamp((double) point / (POINTS - 1), EDGE, 1 - EDGE);
  }

  /// The likelihood of these counts at every slope point, as a share of the greatest.
  static double[] likelihood(Proportion counts, double concentration) {
    boolean few = counts.trials() <= FEW;
    double[] likelihood = new double[POINTS];
    double best = few ? 0 : Double.NEGATIVE_INFINITY;
    for (int i = 0; i < POINTS; i++) {
      double p = probability(i);
      likelihood[i] = few ? product(counts, p, concentration) : log(counts, p, concentration);
      best = StrictMath.max(best, likelihood[i]);
    }
    for (int i = 0; i < POINTS; i++) {
      likelihood[i] = few ? likelihood[i] / best : StrictMath.exp(likelihood[i] - best);
    }
    return likelihood;
  }

  /// ln of the greatest likelihood at a slope point, up to the number of ways to arrange the
  /// counts.
  static double logGreatest(Proportion counts, double concentration) {
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < POINTS; i++) {
      best = StrictMath.max(best, log(counts, probability(i), concentration));
    }
    return best - Gamma.logRising(concentration, counts.trials());
  }

  private static double product(Proportion counts, double p, double concentration) {
    long failures = counts.trials() - counts.successes();
    double product = 1;
    for (int i = 0; i < counts.successes(); i++) {
      product *= p + i / concentration;
    }
    for (int i = 0; i < failures; i++) {
      product *= 1 - p + i / concentration;
    }
    return product;
  }

  private static double log(Proportion counts, double p, double concentration) {
    long failures = counts.trials() - counts.successes();
    return Gamma.logRising(concentration * p, counts.successes())
        + Gamma.logRising(concentration * (1 - p), failures);
  }
}
