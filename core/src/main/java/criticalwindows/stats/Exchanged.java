package criticalwindows.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/// The permutation test of a contrast: if the measurements of an item could as well have stood in
/// any other order, how often is the sum of all items' contrasts as far from 0 as it is? Nothing is
/// assumed of how they are spread. With two measurements it is the test of all signs; where these
/// are yes and no, that is McNemar's exact test.
///
/// *Source:* Pitman, "Significance tests which may be applied to samples from any populations",
/// Supplement to J. R. Statist. Soc. 4 (1937) 119–130; and for p-values from draws Phipson and
/// Smyth, "Permutation p-values should never be zero", Statistical Applications in Genetics and
/// Molecular Biology 9 (2010) 39.
final class Exchanged {
  /// Orders are gone through for so many measurements of an item; of more they are drawn.
  private static final int MOST_ORDERED = 5;

  private static final int DRAWS = 19_999;

  private Exchanged() {}

  /// The two-sided p-value: exact where there are few enough sums, or else from 19,999 draws.
  ///
  /// @param items the measurements of each
  static PValue test(Contrast contrast, List<List<Double>> items, RandomGenerator random) {
    List<List<Double>> moving =
        items.stream().filter(item -> item.stream().distinct().count() > 1).toList();
    double size = StrictMath.abs(moving.stream().mapToDouble(contrast::of).sum());
    if (contrast.weights().size() > MOST_ORDERED) {
      return drawn(contrast, moving, size, random);
    }
    List<double[]> terms = moving.stream().map(item -> orders(contrast, item)).toList();
    return SumLaw.atLeast(size, terms)
        .map(p -> new PValue(Math.clamp(p, Double.MIN_NORMAL, 1), OptionalDouble.empty()))
        .orElseGet(() -> drawn(contrast, moving, size, random));
  }

  /// The contrast of the values in every order.
  private static double[] orders(Contrast contrast, List<Double> values) {
    List<List<Double>> orders = new ArrayList<>();
    orders.add(List.of());
    for (double value : values) {
      List<List<Double>> longer = new ArrayList<>();
      for (List<Double> order : orders) {
        for (int at = 0; at <= order.size(); at++) {
          List<Double> next = new ArrayList<>(order);
          next.add(at, value);
          longer.add(next);
        }
      }
      orders = longer;
    }
    return orders.stream().mapToDouble(contrast::of).toArray();
  }

  private static PValue drawn(
      Contrast contrast, List<List<Double>> items, double size, RandomGenerator random) {
    double[] weights = contrast.weights().stream().mapToDouble(weight -> weight).toArray();
    double[][] values =
        items.stream()
            .map(item -> item.stream().mapToDouble(value -> value).toArray())
            .toArray(double[][]::new);
    double most =
        Arrays.stream(values)
            .mapToDouble(
                item -> contrast.most() * Arrays.stream(item).map(StrictMath::abs).max().orElse(0))
            .sum();
    double least = size - SumLaw.slack(most);
    int beyond = 1;
    for (int draw = 0; draw < DRAWS; draw++) {
      beyond += StrictMath.abs(shuffled(weights, values, random)) >= least ? 1 : 0;
    }
    double p = beyond / (DRAWS + 1.0);
    return new PValue(p, OptionalDouble.of(StrictMath.sqrt(p * (1 - p) / DRAWS)));
  }

  /// The sum after every item's values have been put in another order.
  private static double shuffled(double[] weights, double[][] values, RandomGenerator random) {
    double sum = 0;
    for (double[] item : values) {
      for (int i = item.length - 1; i >= 0; i--) {
        int j = random.nextInt(i + 1);
        double taken = item[j];
        item[j] = item[i];
        item[i] = taken;
        sum += weights[i] * taken;
      }
    }
    return sum;
  }
}
