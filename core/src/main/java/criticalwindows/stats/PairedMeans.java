package criticalwindows.stats;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What was measured several times on each of some independent items, such as by several models on
/// the same problems: the mean of a contrast, how far it is known, and whether it is chance. Every
/// item counts the same.
///
/// @param scale of the values
/// @param items the values of each item, as many as the contrast has weights; at least one item
public record PairedMeans(Contrast contrast, Scale scale, List<List<Double>> items) {
  public PairedMeans {
    items = items.stream().map(List::copyOf).toList();
    if (items.isEmpty()) {
      throw new IllegalArgumentException("a mean of no items");
    }
    for (List<Double> item : items) {
      if (item.size() != contrast.weights().size()) {
        throw new IllegalArgumentException(item + " for " + contrast);
      }
    }
  }

  /// What values can be, and so how far contrasts of items that were not met can lie.
  public enum Scale {
    /// In [0, 1], with items for which it is 0 or 1, and rare ones that are unlike all others.
    SHARE(1),
    /// In [0, 1], spread over it.
    PLACE(1),
    /// In [−1, 1], spread over it.
    RISE(2),
    /// Any number.
    LENGTH(Double.POSITIVE_INFINITY);

    private final double span;

    Scale(double span) {
      this.span = span;
    }
  }

  /// The mean of the values at one place, such as of one model.
  ///
  /// @param measurement from 0
  public double mean(int measurement) {
    return items.stream().mapToDouble(item -> item.get(measurement)).average().orElseThrow();
  }

  /// The mean of the contrast.
  public double estimate() {
    return contrasts().stream().mapToDouble(value -> value).average().orElseThrow();
  }

  private List<Double> contrasts() {
    return items.stream().map(contrast::of).toList();
  }

  /// Where the mean contrast of all items that could have been drawn lies. Of shares it is the
  /// interval of a [ProblemMean], which allows for rare items that were not met, put on the
  /// contrast's range. Of the others it is Student's t.
  ///
  /// @param level of confidence, in (0, 1), such as .95
  /// @return absent where nothing is known of how items differ: there is one, or all contrasts of
  ///   what are no shares are the same
  public Optional<Interval> interval(double level) {
    List<Double> values = contrasts();
    if (values.size() < 2) {
      return Optional.empty();
    }
    if (scale == Scale.SHARE) {
      return Optional.of(ofShares(values, level));
    }
    double most = contrast.most() * scale.span;
    return values.stream().distinct().count() < 2
        ? Optional.empty()
        : Optional.of(Ratio.mean(values).interval(level, new Interval(-most, most)));
  }

  private Interval ofShares(List<Double> values, double level) {
    double most = contrast.most();
    Interval unit =
        ProblemMean.ofValues(
                values.stream().map(value -> Math.clamp((value / most + 1) / 2, 0.0, 1.0)).toList())
            .interval(level);
    return new Interval((2 * unit.low() - 1) * most, (2 * unit.high() - 1) * most);
  }

  /// How often the mean is as far from 0 if the values of an item could as well stand in any other
  /// order: a permutation test. With two values it is the test of all signs; where these are yes
  /// and no, that is McNemar's exact test.
  ///
  /// @param random for what has too many orders to go through
  public PValue pValue(RandomGenerator random) {
    return Exchanged.test(contrast, items, random);
  }
}
