package criticalwindows.stats;

import java.util.List;
import java.util.stream.IntStream;

/// What is made of several measurements of one item, such as one by each of several models: their
/// difference, or their trend.
///
/// @param weights one for each measurement, two or more, that sum to 0 and are not all 0
public record Contrast(List<Double> weights) {
  /// The second less the first.
  public static final Contrast DIFFERENCE = new Contrast(List.of(-1.0, 1.0));

  private static final double ROUNDING = 1e-9;

  public Contrast {
    weights = List.copyOf(weights);
    double sum = weights.stream().mapToDouble(weight -> weight).sum();
    double most = weights.stream().mapToDouble(StrictMath::abs).max().orElse(0);
    if (!(most > 0) || !(StrictMath.abs(sum) <= ROUNDING * most)) {
      throw new IllegalArgumentException("weights " + weights + " of a contrast");
    }
  }

  /// The slope of the least-squares line.
  ///
  /// @param at where each was measured, such as steps of training; not all the same
  public static Contrast slope(List<Double> at) {
    double centre = at.stream().mapToDouble(x -> x).average().orElseThrow();
    double squares = at.stream().mapToDouble(x -> (x - centre) * (x - centre)).sum();
    return new Contrast(at.stream().map(x -> (x - centre) / squares).toList());
  }

  /// This, so many times.
  public Contrast times(double factor) {
    return new Contrast(weights.stream().map(weight -> weight * factor).toList());
  }

  /// Of one item's measurements.
  ///
  /// @param values as many as there are weights
  public double of(List<Double> values) {
    if (values.size() != weights.size()) {
      throw new IllegalArgumentException(values.size() + " values for " + weights);
    }
    // Against the first of them, so that equal values give 0 and nothing is left by rounding.
    double first = values.getFirst();
    return IntStream.range(1, weights.size())
        .mapToDouble(i -> weights.get(i) * (values.get(i) - first))
        .sum();
  }

  /// The most that it can be of values in [0, 1]; the least is as much below 0.
  public double most() {
    return weights.stream().mapToDouble(weight -> StrictMath.max(0, weight)).sum();
  }
}
