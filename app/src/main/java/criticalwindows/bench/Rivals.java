package criticalwindows.bench;

import java.util.List;
import java.util.Optional;

/// What no search can do about narrow windows, on average over the given curves and a [Rival] of
/// each.
///
/// @param curves how many have a narrow window
/// @param known their rivals, one at most for each
record Rivals(int curves, List<Rival> known) {
  Rivals {
    known = List.copyOf(known);
  }

  /// The rivals of all that have a narrow window.
  static Rivals of(List<GivenCurve> curves) {
    List<GivenCurve> narrow =
        curves.stream().filter(curve -> curve.kind() == GivenCurve.Kind.NARROW).toList();
    return new Rivals(
        narrow.size(), narrow.stream().map(Rival::of).flatMap(Optional::stream).toList());
  }

  /// The share of its claims that a search can be right about. It may choose which curves it makes
  /// none on.
  ///
  /// @param outcomes the most that it may see of each
  /// @param claimed the share of curves with a claim, in (0, 1]
  double right(int outcomes, double claimed) {
    double sum = curves - known.size();
    for (Rival rival : known) {
      sum += rival.distance(outcomes);
    }
    return StrictMath.min(1, .5 + .5 * sum / (curves * claimed));
  }

  /// The fewest outcomes with which a search could be right about so many of its claims.
  ///
  /// @param right a share of claims, in (.5, 1)
  /// @param most so many are too many
  Optional<Integer> needed(double right, double claimed, int most) {
    if (right(most, claimed) < right) {
      return Optional.empty();
    }
    int low = 0;
    int high = most;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (right(middle, claimed) < right) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Optional.of(high);
  }
}
