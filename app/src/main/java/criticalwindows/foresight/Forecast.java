package criticalwindows.foresight;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/// How likely each option of a problem is said to be.
///
/// @param probabilities of the options, in their order, at least two; each in [0, 1], and together
///   1
record Forecast(List<Double> probabilities) {
  private static final double ROUNDING = 1e-6;

  Forecast {
    probabilities = List.copyOf(probabilities);
    double sum = 0;
    for (double probability : probabilities) {
      if (!(probability >= 0)) {
        throw new IllegalArgumentException("probabilities of " + probabilities);
      }
      sum += probability;
    }
    if (probabilities.size() < 2 || !(Math.abs(sum - 1) < ROUNDING)) {
      throw new IllegalArgumentException("probabilities of " + probabilities);
    }
  }

  /// The share of each mass.
  ///
  /// @param masses at least 0, at least one of them above
  static Forecast of(double... masses) {
    double sum = DoubleStream.of(masses).sum();
    return new Forecast(DoubleStream.of(masses).map(mass -> mass / sum).boxed().toList());
  }

  /// The softmax of these numbers, such as log-probabilities: what else could come is left out.
  static Forecast ofLogs(double... logs) {
    double most = DoubleStream.of(logs).max().orElseThrow();
    return of(DoubleStream.of(logs).map(log -> StrictMath.exp(log - most)).toArray());
  }

  /// Each option is as likely as the others.
  static Forecast uniform(int options) {
    return new Forecast(Collections.nCopies(options, 1.0 / options));
  }

  /// One option is named, and the others share what is left.
  ///
  /// @param probability of the named option
  static Forecast naming(int option, int options, double probability) {
    List<Double> probabilities =
        new ArrayList<>(Collections.nCopies(options, (1 - probability) / (options - 1)));
    probabilities.set(option, probability);
    return new Forecast(probabilities);
  }

  int options() {
    return probabilities.size();
  }

  double of(int option) {
    return probabilities.get(option);
  }
}
