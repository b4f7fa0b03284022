package criticalwindows.stats;

import java.util.List;

/// The probability of an outcome as a logistic function of one score: 1 ÷ (1 + exp(−(a + b x))).
///
/// @param centre of the scores that it was fitted on
/// @param scale of these scores, more than 0: x is (score − centre) ÷ scale
/// @param intercept a
/// @param slope b
public record Logistic(double centre, double scale, double intercept, double slope) {
  /// The prior's standard deviation of a and b: mild, and enough to keep a fit finite where the
  /// outcomes are wholly apart.
  private static final double PRIOR = 5;

  private static final int STEPS = 100;

  /// What came of one score.
  ///
  /// @param weight how much it counts, at least 0, for one trial
  public record Row(double score, double successes, double trials, double weight) {
    public Row {
      if (!(successes >= 0 && successes <= trials && weight >= 0) || Double.isNaN(score)) {
        throw new IllegalArgumentException(
            "score " + score + ", " + successes + " of " + trials + ", weight " + weight);
      }
    }

    /// Counts, each trial of weight 1.
    public static Row of(double score, Proportion counts) {
      return new Row(score, counts.successes(), counts.trials(), 1);
    }
  }

  /// The most probable function, by Newton's method, from a normal prior of standard deviation 5 on
  /// intercept and slope of the scores put to mean 0 and deviation 1.
  ///
  /// @param rows at least one with a trial
  public static Logistic fit(List<Row> rows) {
    double trials = rows.stream().mapToDouble(row -> row.trials * row.weight).sum();
    if (!(trials > 0)) {
      throw new IllegalArgumentException("nothing to fit");
    }
    double centre =
        rows.stream().mapToDouble(row -> row.trials * row.weight * row.score).sum() / trials;
    double spread =
        rows.stream().mapToDouble(row -> row.trials * row.weight * square(row.score - centre)).sum()
            / trials;
    Logistic fit = new Logistic(centre, spread > 0 ? StrictMath.sqrt(spread) : 1, 0, 0);
    for (int step = 0; step < STEPS; step++) {
      Logistic next = fit.better(rows);
      double moved =
          StrictMath.max(
              StrictMath.abs(next.intercept - fit.intercept),
              StrictMath.abs(next.slope - fit.slope));
      fit = next;
      if (moved < 1e-10) {
        break;
      }
    }
    return fit;
  }

  /// One step of Newton's method, halved until it goes up.
  private Logistic better(List<Row> rows) {
    double precision = 1 / (PRIOR * PRIOR);
    double gradientA = -intercept * precision;
    double gradientB = -slope * precision;
    double aa = precision;
    double ab = 0;
    double bb = precision;
    for (Row row : rows) {
      double x = (row.score - centre) / scale;
      double p = probability(row.score);
      double rest = row.weight * (row.successes - row.trials * p);
      double curve = row.weight * row.trials * p * (1 - p);
      gradientA += rest;
      gradientB += rest * x;
      aa += curve;
      ab += curve * x;
      bb += curve * x * x;
    }
    double determinant = aa * bb - ab * ab;
    double stepA = (bb * gradientA - ab * gradientB) / determinant;
    double stepB = (aa * gradientB - ab * gradientA) / determinant;
    double here = logPosterior(rows);
    for (double share = 1; share > 1e-6; share /= 2) {
      Logistic next = new Logistic(centre, scale, intercept + share * stepA, slope + share * stepB);
      if (next.logPosterior(rows) >= here) {
        return next;
      }
    }
    return this;
  }

  private double logPosterior(List<Row> rows) {
    double sum = -(square(intercept) + square(slope)) / (2 * PRIOR * PRIOR);
    for (Row row : rows) {
      double z = at(row.score);
      sum -= row.weight * row.successes * softplus(-z);
      sum -= row.weight * (row.trials - row.successes) * softplus(z);
    }
    return sum;
  }

  private double at(double score) {
    return intercept + slope * (score - centre) / scale;
  }

  /// ln(1 + exp(z)).
  private static double softplus(double z) {
    return StrictMath.max(z, 0) + StrictMath.log1p(StrictMath.exp(-StrictMath.abs(z)));
  }

  private static double square(double x) {
    return x * x;
  }

  /// The probability of the outcome at this score, in (0, 1).
  public double probability(double score) {
    return StrictMath.exp(-softplus(-at(score)));
  }
}
