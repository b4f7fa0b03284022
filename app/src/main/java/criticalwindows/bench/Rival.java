package criticalwindows.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A curve that is hard to tell from a given one, and has its window elsewhere: no place is near to
/// both.
///
/// What one outcome shows has the same Bhattacharyya affinity √(pq) + √((1 − p)(1 − q)) or more at
/// every position. So whatever a search does with at most N outcomes, all that it sees on the one
/// curve and on the other has at least the N-th power of it, and a total variation distance t of at
/// most √(1 − affinity^2N). It is right on the one with an event that is wrong on the other, whose
/// probabilities there differ by t at most. If it claims a window with probability c, on average
/// over the two, it is therefore right with (c + t) ÷ 2 at most.
///
/// *Source:* Le Cam, "Asymptotic Methods in Statistical Decision Theory", Springer (1986), chapter
/// 4: distance and affinity. That the affinity of outcomes whose positions are chosen as one goes
/// is no less than the product follows by induction over the last one.
///
/// @param line of the given curve
/// @param curve the other one
/// @param moved the most that it differs by, anywhere
/// @param affinity of one outcome of the two, where it is least; in (0, 1]
record Rival(int line, GivenCurve curve, double moved, double affinity) {
  private static final double RISE = .5;
  private static final double LEAST = .3;
  private static final double MARGIN = 1e-4;
  private static final double[] SHARES = {0, .25, .5, .75, 1};

  /// The total variation distance, at most, of all that a search sees on the two curves.
  ///
  /// @param outcomes the most that it may see
  double distance(int outcomes) {
    return StrictMath.sqrt(1 - StrictMath.pow(affinity, 2.0 * outcomes));
  }

  /// The hardest one of those that come about by lifting another stretch to a rise of .5 and
  /// flattening all that are shorter and near to the window; absent where none is found.
  static Optional<Rival> of(GivenCurve curve) {
    return curve.window().flatMap(window -> of(curve, window));
  }

  private static Optional<Rival> of(GivenCurve curve, GivenCurve.Stretch window) {
    Predicate<GivenCurve.Stretch> apart = rise -> apart(curve, window, rise);
    List<GivenCurve.Stretch> near = rises(curve).stream().filter(apart.negate()).toList();
    Optional<Rival> hardest = Optional.empty();
    for (GivenCurve.Stretch other : rises(curve).stream().filter(apart).toList()) {
      for (double lift : SHARES) {
        for (double flatten : SHARES) {
          Rival rival = lifted(curve, near, new Change(other, lift, flatten));
          double most = hardest.map(Rival::affinity).orElse(0.0);
          if (rival.affinity > most && elsewhere(rival.curve, window)) {
            hardest = Optional.of(rival);
          }
        }
      }
    }
    return hardest;
  }

  /// How a rival comes about.
  ///
  /// @param other the stretch that is lifted
  /// @param lift share of its lifting that is done at its upper end
  /// @param flatten the same of what is taken from each rise near to the window
  private record Change(GivenCurve.Stretch other, double lift, double flatten) {}

  private static List<GivenCurve.Stretch> rises(GivenCurve curve) {
    List<GivenCurve.Stretch> rises = new ArrayList<>();
    int[] kept = curve.kept();
    for (int i = 0; i < kept.length; i++) {
      for (int j = i + 1; j < kept.length; j++) {
        if (curve.values()[j] - curve.values()[i] >= LEAST) {
          rises.add(new GivenCurve.Stretch(kept[i], kept[j]));
        }
      }
    }
    return rises;
  }

  private static boolean apart(
      GivenCurve curve, GivenCurve.Stretch window, GivenCurve.Stretch other) {
    return window.distance(other) > 2 * curve.near();
  }

  private static boolean elsewhere(GivenCurve curve, GivenCurve.Stretch window) {
    return curve.window().filter(other -> apart(curve, window, other)).isPresent();
  }

  /// @param rises near to the window
  private static Rival lifted(GivenCurve curve, List<GivenCurve.Stretch> rises, Change how) {
    double[] values = curve.values().clone();
    GivenCurve.Stretch other = how.other();
    change(curve, values, other, StrictMath.max(0, RISE - rise(curve, values, other)), how.lift());
    for (GivenCurve.Stretch rise : rises) {
      double spare = rise(curve, values, rise) - RISE + MARGIN;
      if (spare > 0 && rise.width() <= other.width()) {
        change(curve, values, rise, -spare, how.flatten());
      }
    }
    return rival(curve, values);
  }

  private static double rise(GivenCurve curve, double[] values, GivenCurve.Stretch stretch) {
    return values[curve.index(stretch.to())] - values[curve.index(stretch.from())];
  }

  private static void change(
      GivenCurve curve, double[] values, GivenCurve.Stretch stretch, double by, double share) {
    values[curve.index(stretch.to())] += share * by;
    values[curve.index(stretch.from())] -= (1 - share) * by;
  }

  private static Rival rival(GivenCurve curve, double[] values) {
    double moved = 0;
    double affinity = 1;
    for (int i = 0; i < values.length; i++) {
      double p = curve.values()[i];
      double q = values[i];
      moved = StrictMath.max(moved, StrictMath.abs(q - p));
      affinity = q == p ? affinity : StrictMath.min(affinity, affinity(p, q));
    }
    GivenCurve other =
        new GivenCurve(
            curve.id(), curve.line(), curve.length(), curve.kept(), values, curve.tokens());
    return new Rival(curve.line(), other, moved, affinity);
  }

  /// None with what is no probability.
  private static double affinity(double p, double q) {
    return q < 0 || q > 1 ? 0 : StrictMath.sqrt(p * q) + StrictMath.sqrt((1 - p) * (1 - q));
  }
}
