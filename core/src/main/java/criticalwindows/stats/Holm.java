package criticalwindows.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// P-values of several tests, made larger so that the chance of any false finding among them is at
/// most what one alone would have, however the tests depend on each other.
public final class Holm {
  private Holm() {}

  /// The adjusted p-values.
  ///
  /// *Source:* Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
  /// Journal of Statistics 6 (1979) 65–70.
  ///
  /// @param p each in [0, 1]
  /// @return in the same order
  public static List<Double> adjusted(List<Double> p) {
    int[] order =
        IntStream.range(0, p.size())
            .boxed()
            .sorted(Comparator.comparing(p::get))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[order.length];
    double most = 0;
    for (int rank = 0; rank < order.length; rank++) {
      most = StrictMath.max(most, StrictMath.min(1, p.get(order[rank]) * (order.length - rank)));
      adjusted[order[rank]] = most;
    }
    return Arrays.stream(adjusted).boxed().toList();
  }
}
