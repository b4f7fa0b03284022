package criticalwindows.stats;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The exact law of a sum of independent terms, each of which takes any of its values with the same
/// chance. Sums that differ by rounding alone are one.
final class SumLaw {
  /// Different sums of one half of the terms, at most.
  private static final int MOST_SUMS = 1 << 20;

  /// Sums that are made on the way, at most.
  private static final long MOST_WORK = 1L << 24;

  private static final double ROUNDING = 1e-12;

  private static final SumLaw NOTHING = new SumLaw(new double[0], new double[0]);

  private final double[] sums;
  private final double[] chances;

  private SumLaw(double[] sums, double[] chances) {
    this.sums = sums;
    this.chances = chances;
  }

  /// P(|sum| ≥ size), by the laws of one half of the terms and of the other.
  ///
  /// @param terms the values of each
  /// @return absent where there are too many different sums to go through
  static Optional<Double> atLeast(double size, List<double[]> terms) {
    double scale = scale(terms);
    SumLaw[] halves = {zero(), zero()};
    long work = 0;
    for (int i = 0; i < terms.size(); i++) {
      double[] term = terms.get(i);
      SumLaw half = halves[i % 2];
      work += (long) half.sums.length * term.length;
      if (work > MOST_WORK || half.sums.length > MOST_SUMS) {
        return Optional.empty();
      }
      halves[i % 2] = half.plus(distinct(term, scale), scale);
    }
    return Optional.of(halves[0].beyond(halves[1], size - slack(scale)));
  }

  /// The most that a sum can be.
  static double scale(List<double[]> terms) {
    return terms.stream()
        .mapToDouble(term -> Arrays.stream(term).map(StrictMath::abs).max().orElse(0))
        .sum();
  }

  /// How much two sums may differ and be equal.
  static double slack(double scale) {
    return 1000 * ROUNDING * scale;
  }

  private static SumLaw zero() {
    return new SumLaw(new double[] {0}, new double[] {1});
  }

  /// A term's law.
  private static SumLaw distinct(double[] term, double scale) {
    double[] sorted = term.clone();
    Arrays.sort(sorted);
    double[] chances = new double[sorted.length];
    Arrays.fill(chances, 1.0 / sorted.length);
    return merged(new SumLaw(sorted, chances), NOTHING, scale);
  }

  private SumLaw plus(SumLaw term, double scale) {
    return plus(term, 0, term.sums.length, scale);
  }

  /// This and some of a term's values: the two halves of these, merged.
  private SumLaw plus(SumLaw term, int from, int to, double scale) {
    if (to - from == 1) {
      double value = term.sums[from];
      double chance = term.chances[from];
      return new SumLaw(
          Arrays.stream(sums).map(sum -> sum + value).toArray(),
          Arrays.stream(chances).map(each -> each * chance).toArray());
    }
    int middle = (from + to) / 2;
    return merged(plus(term, from, middle, scale), plus(term, middle, to, scale), scale);
  }

  /// Both, in order, equal sums as one.
  private static SumLaw merged(SumLaw one, SumLaw other, double scale) {
    int most = one.sums.length + other.sums.length;
    double[] sums = new double[most];
    double[] chances = new double[most];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i + j < most) {
      boolean first =
          j == other.sums.length || (i < one.sums.length && one.sums[i] <= other.sums[j]);
      double sum = first ? one.sums[i] : other.sums[j];
      double chance = first ? one.chances[i++] : other.chances[j++];
      if (size > 0 && sum - sums[size - 1] <= ROUNDING * scale) {
        chances[size - 1] += chance;
      } else {
        sums[size] = sum;
        chances[size++] = chance;
      }
    }
    return new SumLaw(Arrays.copyOf(sums, size), Arrays.copyOf(chances, size));
  }

  /// P(|this + other| ≥ size).
  private double beyond(SumLaw other, double size) {
    if (size <= 0) {
      return 1;
    }
    int all = other.sums.length;
    double[] below = new double[all + 1];
    for (int j = 0; j < all; j++) {
      below[j + 1] = below[j] + other.chances[j];
    }
    int low = all; // sums of the other that are at most −size − sum
    int high = all; // the first that is at least size − sum
    double beyond = 0;
    for (int i = 0; i < sums.length; i++) {
      while (low > 0 && other.sums[low - 1] > -size - sums[i]) {
        low--;
      }
      while (high > 0 && other.sums[high - 1] >= size - sums[i]) {
        high--;
      }
      beyond += chances[i] * (below[low] + (below[all] - below[high]));
    }
    return beyond;
  }
}
