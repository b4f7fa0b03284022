package criticalwindows.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How many of many findings are false: the q-value of a finding is the least share of false ones
/// at which it is still among those that count.
public final class FalseDiscovery {
  private FalseDiscovery() {}

  /// The q-values of tests, from their p-values.
  ///
  /// *Source:* Benjamini and Hochberg, "Controlling the false discovery rate", J. R. Statist. Soc.
  /// B 57 (1995) 289–300, as adjusted p-values.
  ///
  /// @param p each in [0, 1]
  /// @return in the same order
  public static List<Double> benjaminiHochberg(List<Double> p) {
    int[] order = order(p);
    double[] q = new double[order.length];
    double least = 1;
    for (int rank = order.length; rank > 0; rank--) {
      int i = order[rank - 1];
      least = StrictMath.min(least, p.get(i) * order.length / rank);
      q[i] = least;
    }
    return Arrays.stream(q).boxed().toList();
  }

  /// The q-values of findings, from the posterior probability that each is false: the mean of these
  /// over it and all that are surer.
  ///
  /// *Source:* Newton et al., "Detecting differential gene expression with a semiparametric
  /// hierarchical mixture method", Biostatistics 5 (2004) 155–176, section 3.
  ///
  /// @param nothing probabilities, each in [0, 1]
  /// @return in the same order
  public static List<Double> bayesian(List<Double> nothing) {
    int[] order = order(nothing);
    double[] q = new double[order.length];
    double sum = 0;
    for (int rank = 1; rank <= order.length; rank++) {
      sum += nothing.get(order[rank - 1]);
      q[order[rank - 1]] = sum / rank;
    }
    return Arrays.stream(q).boxed().toList();
  }

  private static int[] order(List<Double> values) {
    for (double value : values) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("a probability of " + value);
      }
    }
    return IntStream.range(0, values.size())
        .boxed()
        .sorted(Comparator.comparing(values::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
