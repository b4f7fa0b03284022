package criticalwindows.stats;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The mean of values that were measured on items in several repetitions: values of one item
/// resemble each other, and so do those of one repetition, since a training that went well is good
/// on all items. An interval by items alone would leave the second out.
///
/// *Source:* the variance is that of Cameron, Gelbach and Miller, "Robust inference with multiway
/// clustering", J. Business & Economic Statistics 29 (2011) 238–249, eq. (2.11): by items, plus by
/// repetitions, less by single values; never less than the larger of the first two.
///
/// @param estimate the mean of all values, each counting the same
/// @param standardError infinite with one repetition or one item, from which nothing can be told
/// @param repetitions at least 1
/// @param items at least 1
public record CrossedMean(double estimate, double standardError, int repetitions, int items) {
  /// One value.
  public record Value(String repetition, String item, double value) {}

  /// The mean of these.
  ///
  /// @param values at least one
  public static CrossedMean of(List<Value> values) {
    double mean = values.stream().mapToDouble(Value::value).average().orElseThrow();
    Map<String, Double> byRepetition = sums(values, Value::repetition, mean);
    Map<String, Double> byItem = sums(values, Value::item, mean);
    double repetitions = squares(byRepetition.values());
    double items = squares(byItem.values());
    double single = 0;
    for (Value value : values) {
      single += (value.value - mean) * (value.value - mean);
    }
    double most = StrictMath.max(repetitions, items);
    double variance = StrictMath.max(most, repetitions + items - single);
    boolean alone = byRepetition.size() < 2 || byItem.size() < 2;
    double error = alone ? Double.POSITIVE_INFINITY : StrictMath.sqrt(variance) / values.size();
    return new CrossedMean(mean, error, byRepetition.size(), byItem.size());
  }

  private static Map<String, Double> sums(
      List<Value> values, Function<Value, String> group, double mean) {
    Map<String, Double> sums = new HashMap<>();
    values.forEach(value -> sums.merge(group.apply(value), value.value - mean, Double::sum));
    return sums;
  }

  /// The sum of the squares of groups' sums, with the correction for few groups.
  private static double squares(Collection<Double> sums) {
    int groups = sums.size();
    double squares = sums.stream().sorted().mapToDouble(sum -> sum * sum).sum();
    return groups < 2 ? 0 : squares * groups / (groups - 1);
  }

  /// The means that a two-sided t test at this level would not reject, with as many degrees of
  /// freedom as the fewer of repetitions and items have; everything where nothing can be told.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  public Interval interval(double level) {
    int freedom = StrictMath.min(repetitions, items) - 1;
    if (freedom < 1) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double half = Student.quantile((1 + level) / 2, freedom) * standardError;
    return new Interval(estimate - half, estimate + half);
  }

  /// How often a mean is as far from 0 where the true one is 0, by the same t.
  ///
  /// @return in [0, 1]; 1 where nothing can be told, or all values are 0
  public double pValue() {
    int freedom = StrictMath.min(repetitions, items) - 1;
    if (freedom < 1 || estimate == 0) {
      return 1;
    }
    double t = StrictMath.abs(estimate) / standardError;
    return 2 * (1 - Student.cumulative(t, freedom));
  }
}
