package criticalwindows.exact;

import criticalwindows.stats.Ratio;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// How near stumps come to the exact curve: the probability of the original's answer where they have
/// to state one at once, and the answer that they reply. Clusters are problems.
///
/// @param cells cuts compared
/// @param forced mean of |forced − exact| over cuts, then problems
/// @param said the same of replies, each a 1 or a 0
/// @param forcedWorth the variance of an answer of the generator that goes on from a cut ÷ the mean
///   of (forced − exact)²: the mean of so many continuations is as near to the exact value as one
///   reading; absent where all of it is certain
/// @param saidWorth the same of replies
public record StumpDistance(
    int cells, Ratio forced, Ratio said, Optional<Ratio> forcedWorth, Optional<Ratio> saidWorth) {
  /// The distance over some problems; absent where none has a stump that was forced.
  ///
  /// @param problems the stumps of each
  static Optional<StumpDistance> of(List<List<StumpCell>> problems) {
    List<List<StumpCell>> read = problems.stream().filter(cells -> !cells.isEmpty()).toList();
    return read.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StumpDistance(
                read.stream().mapToInt(List::size).sum(),
                mean(read, StumpCell::forcedApart),
                mean(read, StumpCell::saidApart),
                worth(read, StumpCell::forcedApart),
                worth(read, StumpCell::saidApart)));
  }

  private static Ratio mean(List<List<StumpCell>> problems, ToDoubleFunction<StumpCell> apart) {
    return Ratio.mean(
        problems.stream()
            .map(cells -> cells.stream().mapToDouble(apart).average().orElseThrow())
            .toList());
  }

  private static Optional<Ratio> worth(
      List<List<StumpCell>> problems, ToDoubleFunction<StumpCell> apart) {
    List<Ratio.Share> shares =
        problems.stream()
            .map(
                cells ->
                    new Ratio.Share(
                        cells.stream().mapToDouble(StumpCell::noise).sum(),
                        cells.stream()
                            .mapToDouble(cell -> Math.pow(apart.applyAsDouble(cell), 2))
                            .sum()))
            .toList();
    return shares.stream().mapToDouble(Ratio.Share::whole).sum() > 0
        ? Optional.of(Ratio.of(shares))
        : Optional.empty();
  }
}
