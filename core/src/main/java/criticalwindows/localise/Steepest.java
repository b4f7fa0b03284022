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
/// stretches are near to; the next is the one that most of all others are near to.
///
/// A place that is best for the curves it was chosen by is a little worse for others. So all
/// probabilities are those of curves that had no part in the choice.
final class Steepest {
  private static final double TOLERANCE = 1e-9;

  private final List<DrawnCurve> curves;
  private final List<Optional<DrawnCurve.Stretch>> stretches;
  private final List<DrawnCurve.Stretch> rises;
  private final List<DrawnCurve.Stretch> judges;
  private final double judged;
  private final double near;
  private final double place;

  /// @param curves that choose the places
  /// @param others that say how probable they are
  /// @param near so many tokens from a stretch is near to it, at least 0
  Steepest(List<DrawnCurve> curves, List<DrawnCurve> others, double near) {
    this.curves = curves;
    this.near = near;
    this.stretches = curves.stream().map(DrawnCurve::steepest).toList();
    this.rises = stretches.stream().flatMap(Optional::stream).toList();
    this.judges = others.stream().flatMap(curve -> curve.steepest().stream()).toList();
    this.judged = (double) judges.size() / others.size();
    this.place = best(rises);
  }

  /// The middle of the first place, of all between two ends, that most of these are near to.
  private double best(List<DrawnCurve.Stretch> rises) {
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
      double value = value(rises, middle);
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
  private double value(List<DrawnCurve.Stretch> rises, double at) {
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

  private List<DrawnCurve.Stretch> far(List<DrawnCurve.Stretch> rises, double at) {
    return rises.stream().filter(rise -> !near(rise, at)).toList();
  }

  /// The probability that it rises at all.
  double rises() {
    return judged;
  }

  /// The probability that the place claimed is near to the steepest rise, given that there is one.
  double sure() {
    return 1 - far(judges, place).size() / (double) judges.size();
  }

  /// Where the steepest rise can be, given that there is one: the place claimed, and then each time
  /// the one that is near to most of the rises that none before it is near to. They are as few as
  /// it takes to be near with this probability; a place that adds less than may be missing is left
  /// out. Empty where nothing rises.
  ///
  /// @param level in (0, 1)
  /// @param length of the response, which no interval leaves
  /// @return each with all that is near to it and the probability that it adds
  List<Credible> places(double level, int length) {
    List<Credible> places = new ArrayList<>();
    List<DrawnCurve.Stretch> choosing = rises;
    List<DrawnCurve.Stretch> left = judges;
    int spare = (int) ((1 - level) * judges.size() + TOLERANCE);
    while (left.size() > spare && !choosing.isEmpty()) {
      double at = best(choosing);
      List<DrawnCurve.Stretch> others = far(left, at);
      int added = left.size() - others.size();
      if (!places.isEmpty() && added < spare) {
        break;
      }
      places.add(around(StrictMath.clamp(at, 0, length), length, (double) added / judges.size()));
      choosing = far(choosing, at);
      left = others;
    }
    return places;
  }

  private Credible around(double at, int length, double probability) {
    Interval interval =
        new Interval(
            StrictMath.max(0, StrictMath.floor(at - near)),
            StrictMath.min(length, StrictMath.ceil(at + near)));
    return new Credible(at, interval, probability);
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
