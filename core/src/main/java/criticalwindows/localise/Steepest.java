package criticalwindows.localise;

import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where the steepest rise of a response is, by curves drawn from the posterior.
///
/// The steepest rise of a curve is the shortest stretch over which it rises by .5, or by four
/// fifths of all it rises where that is less. The place claimed is the one that most of these
/// stretches are near to.
final class Steepest {
  private static final double TOLERANCE = 1e-9;

  private final List<DrawnCurve> curves;
  private final List<Optional<DrawnCurve.Stretch>> stretches = new ArrayList<>();
  private final List<DrawnCurve.Stretch> rises;
  private final double near;
  private final double place;

  /// @param near so many tokens from a stretch is near to it, at least 0
  Steepest(List<DrawnCurve> curves, double near) {
    this.curves = curves;
    this.near = near;
    curves.forEach(curve -> stretches.add(curve.steepest()));
    this.rises = stretches.stream().flatMap(Optional::stream).toList();
    this.place = best();
  }

  /// The middle of the first place, of all between two ends, that most stretches are near to.
  private double best() {
    double[] ends =
        rises.stream()
            .flatMapToDouble(rise -> Arrays.stream(ends(rise)))
            .sorted()
            .distinct()
            .toArray();
    double best = 0;
    double most = -1;
    for (int i = 1; i < ends.length; i++) {
      double middle = .5 * (ends[i - 1] + ends[i]);
      double value = value(middle);
      if (value > most) {
        most = value;
        best = middle;
      }
    }
    return best;
  }

  private double[] ends(DrawnCurve.Stretch rise) {
    return new double[] {rise.from() - near, rise.to() + near};
  }

  /// How many stretches are near; of places with as many, the one closer to their middles is worth
  /// more, by less than one stretch.
  private double value(double at) {
    double value = 0;
    double away = 0;
    for (DrawnCurve.Stretch rise : rises) {
      value += near(rise, at) ? 1 : 0;
      away += StrictMath.abs(rise.middle() - at);
    }
    return value + 1 / (1 + away);
  }

  private boolean near(DrawnCurve.Stretch rise, double at) {
    return rise.distance(at) <= near + TOLERANCE;
  }

  /// The probability that it rises at all.
  double rises() {
    return (double) rises.size() / curves.size();
  }

  /// The probability that the place claimed is near to the steepest rise, given that there is one.
  double sure() {
    return rises.stream().filter(rise -> near(rise, place)).count() / (double) rises.size();
  }

  /// The place claimed, with the shortest interval around it that the steepest rise meets with this
  /// probability at least, and that holds all that is near; absent where nothing rises.
  ///
  /// @param level in (0, 1)
  /// @param length of the response, which the interval does not leave
  Optional<Credible> place(double level, int length) {
    double[] distances =
        rises.stream().mapToDouble(rise -> rise.distance(place)).sorted().toArray();
    if (distances.length == 0) {
      return Optional.empty();
    }
    int needed = (int) StrictMath.ceil(level * distances.length - TOLERANCE);
    double reach = StrictMath.max(near, distances[needed - 1]) + TOLERANCE;
    long held = Arrays.stream(distances).filter(distance -> distance <= reach).count();
    double at = StrictMath.clamp(place, 0, length);
    return Optional.of(
        new Credible(
            at,
            new Interval(
                StrictMath.max(0, StrictMath.floor(at - reach)),
                StrictMath.min(length, StrictMath.ceil(at + reach))),
            (double) held / distances.length));
  }

  /// What one outcome at a place of the lattice is expected to say, in nats.
  Telling at(int i) {
    return telling(curves.stream().mapToDouble(curve -> curve.at[i]).toArray());
  }

  /// The same halfway to the next place.
  Telling between(int i) {
    return telling(curves.stream().mapToDouble(curve -> curve.between[i]).toArray());
  }

  /// Expected nats of one outcome.
  ///
  /// @param where about whether there is a rise, and whether the place claimed is near to it
  /// @param curve about the curve
  record Telling(double where, double curve) {}

  private Telling telling(double[] values) {
    double[] count = new double[3];
    double[] sum = new double[3];
    double all = 0;
    double inner = 0;
    for (int i = 0; i < values.length; i++) {
      int kind = stretches.get(i).map(rise -> near(rise, place) ? 1 : 2).orElse(0);
      count[kind]++;
      sum[kind] += values[i];
      all += values[i];
      inner += Information.entropy(values[i]) / values.length;
    }
    double entropy = Information.entropy(all / values.length);
    double where = entropy;
    for (int kind = 0; kind < count.length; kind++) {
      where -=
          count[kind] > 0
              ? count[kind] / values.length * Information.entropy(sum[kind] / count[kind])
              : 0;
    }
    return new Telling(where, entropy - inner);
  }
}
