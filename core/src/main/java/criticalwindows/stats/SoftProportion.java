package criticalwindows.stats;

import java.util.stream.DoubleStream;

/// So many trials, each of which succeeds with a probability that is known. Where all of these are
/// 0 or 1 it is a [Proportion].
///
/// @param sum of the probabilities, in [0, trials]
/// @param squares the sum of their squares, in [0, sum]
/// @param trials at least 0
public record SoftProportion(double sum, double squares, long trials) {
  /// Nothing tried yet.
  public static final SoftProportion NONE = new SoftProportion(0, 0, 0);

  /// How far rounding may take a sum beyond its bounds, for each trial.
  private static final double ROUNDING = 1e-9;

  public SoftProportion {
    double slack = ROUNDING * trials;
    if (!(squares >= -slack && sum >= squares - slack && trials >= sum - slack)) {
      throw new IllegalArgumentException(
          sum + " of " + trials + " trials, with squares of " + squares);
    }
  }

  /// Trials with these probabilities.
  ///
  /// @param probabilities each in [0, 1]
  public static SoftProportion of(double... probabilities) {
    double squares = DoubleStream.of(probabilities).map(p -> p * p).sum();
    return new SoftProportion(DoubleStream.of(probabilities).sum(), squares, probabilities.length);
  }

  /// Trials whose outcomes are known.
  public static SoftProportion of(Proportion counts) {
    return new SoftProportion(counts.successes(), counts.successes(), counts.trials());
  }

  /// Whether anything was tried, so that [#estimate] exists.
  public boolean known() {
    return trials > 0;
  }

  /// The mean probability.
  ///
  /// @throws IllegalStateException if nothing was tried
  public double estimate() {
    if (trials == 0) {
      throw new IllegalStateException("no trials, no estimate");
    }
    return Math.clamp(sum / trials, 0, 1);
  }

  /// These trials and those together.
  public SoftProportion plus(SoftProportion more) {
    return new SoftProportion(sum + more.sum, squares + more.squares, trials + more.trials);
  }

  /// How far the probabilities lie from their mean: the sum of the squares of these distances.
  public double spread() {
    return known() ? StrictMath.max(0, squares - sum * sum / trials) : 0;
  }

  /// What outcomes drawn from the probabilities would add to that, on average over the draws.
  public double noise() {
    return known() ? StrictMath.max(0, sum - squares) * (trials - 1) / trials : 0;
  }

  /// Wilson's interval of the mean, with as many trials as would leave a proportion as uncertain.
  ///
  /// That is known from the Dirichlet process: beside the probabilities seen, each of weight 1,
  /// stand 0 and 1 with a weight of ½ each, for what may not have been seen yet. For outcomes, all
  /// 0 or 1, that is Jeffreys' posterior, and the interval is that of their [Proportion].
  ///
  /// *Source:* Ferguson, "A Bayesian analysis of some nonparametric problems", Annals of Statistics
  /// 1 (1973) 209–230, theorems 3 and 4 for mean and variance.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  /// @return [0, 1] where nothing was tried
  public Interval interval(double level) {
    if (!known()) {
      return new Interval(0, 1);
    }
    double mean = centre();
    // A beta distribution with this mean and variance, read as successes and failures, ½ each more.
    double weight = mean * (1 - mean) / variance() - 1;
    double worth = weight - 1;
    double share = Math.clamp((mean * weight - .5) / worth, 0, 1);
    return Wilson.interval(share, worth, Normal.quantile((1 + level) / 2));
  }

  /// The process's mean.
  double centre() {
    return (sum + .5) / (trials + 1);
  }

  /// The variance of the mean of a draw of the process.
  double variance() {
    double centre = centre();
    return ((squares + .5) / (trials + 1) - centre * centre) / (trials + 2);
  }
}
