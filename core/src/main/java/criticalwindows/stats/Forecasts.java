package criticalwindows.stats;

import java.util.List;
import java.util.OptionalDouble;

/// How good forecasts of a probability are, where what is forecast is known by counts, or exactly.
/// All items count the same.
///
/// A forecast q of an outcome with probability p has the expected Brier score (q − p)² + p (1 − p)
/// and the expected log score −p ln q − (1 − p) ln(1 − q). Both are linear in the outcome, so
/// counts give them without bias; p (1 − p) is the part that no forecast can take away, and counts
/// k of n give that without bias too, as k (n − k) ÷ (n (n − 1)).
///
/// *Source:* Brier, Monthly Weather Review 78 (1950) 1–3; Good, J. R. Statist. Soc. B 14 (1952)
/// 107–114.
///
/// @param brier mean of (q − y)² over outcomes y of 0 and 1, in [0, 1]
/// @param beyond mean of (q − p)²: the Brier score with the noise of single outcomes taken off; by
///   counts it can come out below 0; absent where no item has two trials
/// @param log mean log score in nats, at least 0
/// @param items so many
public record Forecasts(double brier, OptionalDouble beyond, double log, int items) {
  /// A forecast and what came of it.
  ///
  /// @param forecast q, in (0, 1)
  /// @param counts the outcomes
  public record Row(double forecast, Proportion counts) {}

  /// A forecast of a probability that is known.
  ///
  /// @param forecast q, in (0, 1)
  /// @param probability p, in [0, 1]
  public record Exact(double forecast, double probability) {}

  /// Of counts, at least one item, each with a trial.
  public static Forecasts of(List<Row> rows) {
    double brier = 0;
    double log = 0;
    double beyond = 0;
    int several = 0;
    for (Row row : rows) {
      double share = row.counts.estimate();
      long n = row.counts.trials();
      double score = brier(row.forecast, share);
      brier += score;
      log += log(row.forecast, share);
      if (n > 1) {
        beyond += score - share * (1 - share) * n / (n - 1);
        several++;
      }
    }
    return new Forecasts(
        brier / rows.size(),
        several == 0 ? OptionalDouble.empty() : OptionalDouble.of(beyond / several),
        log / rows.size(),
        rows.size());
  }

  /// Of probabilities that are known, at least one.
  public static Forecasts exact(List<Exact> rows) {
    double brier = 0;
    double log = 0;
    double beyond = 0;
    for (Exact row : rows) {
      brier += brier(row.forecast, row.probability);
      log += log(row.forecast, row.probability);
      beyond += (row.forecast - row.probability) * (row.forecast - row.probability);
    }
    return new Forecasts(
        brier / rows.size(),
        OptionalDouble.of(beyond / rows.size()),
        log / rows.size(),
        rows.size());
  }

  private static double brier(double forecast, double share) {
    return share * (1 - forecast) * (1 - forecast) + (1 - share) * forecast * forecast;
  }

  private static double log(double forecast, double share) {
    return (share > 0 ? -share * StrictMath.log(forecast) : 0)
        + (share < 1 ? -(1 - share) * StrictMath.log1p(-forecast) : 0);
  }
}
