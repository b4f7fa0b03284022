package criticalwindows.stats;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Spearman's rank correlation.
///
/// *Source:* Spearman, American Journal of Psychology 15 (1904) 72–101; ties share the mean of
/// their ranks.
public final class RankCorrelation {
  private RankCorrelation() {}

  /// Of pairs, in [−1, 1].
  ///
  /// @param second as many as `first`
  /// @return absent where there are fewer than two, or all of one side are equal
  public static OptionalDouble of(double[] first, double[] second) {
    double[] a = ranks(first);
    double[] b = ranks(second);
    double centre = (a.length - 1) / 2.0;
    double both = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      both += (a[i] - centre) * (b[i] - centre);
      aa += (a[i] - centre) * (a[i] - centre);
      bb += (b[i] - centre) * (b[i] - centre);
    }
    return aa > 0 && bb > 0
        ? OptionalDouble.of(both / StrictMath.sqrt(aa * bb))
        : OptionalDouble.empty();
  }

  private static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((i, j) -> Double.compare(values[i], values[j]))
            .mapToInt(i -> i)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      double rank = (from + to - 1) / 2.0;
      Arrays.stream(order, from, to).forEach(i -> ranks[i] = rank);
      from = to;
    }
    return ranks;
  }
}
