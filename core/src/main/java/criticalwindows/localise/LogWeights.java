package criticalwindows.localise;

import java.util.Arrays;

/// Weights given by their natural logarithms, so that none is too small for a number.
final class LogWeights {
  private LogWeights() {}

  /// Each weight as a share of their sum.
  static double[] shares(double[] logs) {
    double all = logSum(logs);
    return Arrays.stream(logs).map(log -> StrictMath.exp(log - all)).toArray();
  }

  /// The logarithm of the sum of the weights.
  static double logSum(double[] terms) {
    double most = Double.NEGATIVE_INFINITY;
    for (double term : terms) {
      most = StrictMath.max(most, term);
    }
    if (most == Double.NEGATIVE_INFINITY) {
      return most;
    }
    double sum = 0;
    for (double term : terms) {
      sum += StrictMath.exp(term - most);
    }
    return most + StrictMath.log(sum);
  }
}
