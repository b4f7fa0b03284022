package criticalwindows.exact;

import criticalwindows.stats.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// How near early answers come to the exact curve, by some reading of what they say of the
/// original's answer. Clusters are problems.
///
/// @param cells cuts compared
/// @param apart mean of |read − exact| over cuts, then problems
/// @param worth the variance of an answer of the generator that goes on from a cut ÷ the mean of
///   (read − exact)²: the mean of so many continuations of an exact model is as near as one
///   reading; absent where every reading is exact
public record EarlyAnswerDistance(int cells, Ratio apart, Optional<Ratio> worth) {
  /// The distance over some problems; absent where nothing was read.
  ///
  /// @param problems the early answers of each
  /// @param apart |read − exact|; absent where it was not read
  static Optional<EarlyAnswerDistance> of(
      List<List<EarlyAnswerCell>> problems, Function<EarlyAnswerCell, OptionalDouble> apart) {
    List<Double> means = new ArrayList<>();
    List<Ratio.Share> shares = new ArrayList<>();
    int cells = 0;
    for (List<EarlyAnswerCell> problem : problems) {
      List<EarlyAnswerCell> read =
          problem.stream().filter(cell -> apart.apply(cell).isPresent()).toList();
      if (!read.isEmpty()) {
        cells += read.size();
        means.add(sum(read, cell -> apart.apply(cell).orElseThrow()) / read.size());
        shares.add(
            new Ratio.Share(
                sum(read, EarlyAnswerCell::noise),
                sum(read, cell -> square(apart.apply(cell).orElseThrow()))));
      }
    }
    boolean exact = shares.stream().allMatch(share -> share.whole() == 0);
    return means.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EarlyAnswerDistance(
                cells,
                Ratio.mean(means),
                exact ? Optional.empty() : Optional.of(Ratio.of(shares))));
  }

  private static double sum(List<EarlyAnswerCell> cells, Function<EarlyAnswerCell, Double> value) {
    return cells.stream().mapToDouble(value::apply).sum();
  }

  private static double square(double value) {
    return value * value;
  }
}
