package criticalwindows.cot;

import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import java.util.List;

/// A mean over problems of a share of each.
///
/// @param counts of all trials together; where problems have unequal numbers of them, their share
///   is not the mean
/// @param over the mean over those problems that have trials
public record MeanShare(Proportion counts, ProblemMean over) {
  /// Confidence of every interval of a run's summary.
  public static final double LEVEL = .95;

  static MeanShare of(List<Proportion> byProblem) {
    Proportion all = byProblem.stream().reduce(Proportion.NONE, Proportion::plus);
    return new MeanShare(all, ProblemMean.of(byProblem));
  }

  /// Its interval at [#LEVEL].
  public Interval interval() {
    return over.interval(LEVEL);
  }
}
