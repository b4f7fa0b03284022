package criticalwindows.stats;

import java.util.List;

/// The mean over independent problems of what is measured on each: a value in [0, 1], such as the
/// share of its continuations that agree. Every problem counts the same, whatever its number of
/// samples: these resemble each other.
///
/// @param values one for each problem, as sum and sum of squares
public record ProblemMean(SoftProportion values) {
  /// Of shares, those that were tried.
  public static ProblemMean of(List<Proportion> shares) {
    return ofValues(shares.stream().filter(Proportion::known).map(Proportion::estimate).toList());
  }

  /// Of values.
  ///
  /// @param values each in [0, 1]
  public static ProblemMean ofValues(List<Double> values) {
    double[] each = values.stream().mapToDouble(value -> value).toArray();
    return new ProblemMean(SoftProportion.of(each));
  }

  /// Of yes and no, once on each problem.
  public static ProblemMean of(Proportion counts) {
    return new ProblemMean(SoftProportion.of(counts));
  }

  /// How many problems there are.
  public long problems() {
    return values.trials();
  }

  /// Whether there are any.
  public boolean known() {
    return values.known();
  }

  /// The mean.
  ///
  /// @throws IllegalStateException if nothing is known
  public double estimate() {
    return values.estimate();
  }

  /// Where the mean over all problems that could have been drawn lies. No interval is exact without
  /// knowing how problems differ: rare bad ones may not have been met yet. This one holds at least
  /// about what it states from 10 problems on, and .93 at .95 with 5, on every law that was tried;
  /// docs/concepts/means.md shows how often.
  ///
  /// It is the union of two: [SoftProportion#interval], and Student's t around the mean of the same
  /// Dirichlet process with its variance, within [0, 1].
  ///
  /// @param level of confidence, in (0, 1), such as .95
  /// @return [0, 1] where nothing is known
  public Interval interval(double level) {
    Interval beta = values.interval(level);
    long n = values.trials();
    if (n < 2) {
      return beta;
    }
    double half =
        Student.quantile((1 + level) / 2, (int) StrictMath.min(Integer.MAX_VALUE, n - 1))
            * StrictMath.sqrt(values.variance());
    double low = StrictMath.max(0, values.centre() - half);
    double high = StrictMath.min(1, values.centre() + half);
    return new Interval(StrictMath.min(beta.low(), low), StrictMath.max(beta.high(), high));
  }
}
