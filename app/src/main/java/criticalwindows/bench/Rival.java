package criticalwindows.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A curve that is hard to tell from a given one, and has its window elsewhere: no place is near to
/// both.
///
/// Whatever a search does with at most N outcomes, what it sees on the one and on the other has a
/// total variation distance of at most √(N · nats / 2) (Pinsker) and √(1 − e^(−N · nats)), nats
/// being the greatest divergence of one outcome at any position. It cannot be right on both more
/// often, on average, than ½ + ½ of that distance. To be right on each with probability .95 it
/// needs .9 ln 19 ÷ nats outcomes on average.
///
/// *Source:* Bretagnolle and Huber, Z. Wahrscheinlichkeitstheorie 47 (1979) 119–137; Kaufmann,
/// Cappé and Garivier, JMLR 17 (2016), lemma 1, for outcomes whose positions are chosen as one
/// goes.
///
/// @param line of the given curve
/// @param curve the other one
/// @param moved the most that it differs by, anywhere
/// @param nats the divergence of one outcome of the given curve from one of the other, at most
public record Rival(int line, GivenCurve curve, double moved, double nats) {
  private static final double RISE = .5;
  private static final double LEAST = .3;
  private static final double MARGIN = 1e-4;
  private static final double[] SHARES = {0, .5, 1};

  /// How often a search with so many outcomes can be right, on average over the two curves.
  public double right(int outcomes) {
    double all = outcomes * nats;
    double distance =
        StrictMath.min(StrictMath.sqrt(all / 2), StrictMath.sqrt(1 - StrictMath.exp(-all)));
    return .5 + .5 * StrictMath.min(1, distance);
  }

  /// The outcomes it takes on average to be right with probability .95 on each.
  public double needed() {
    return .9 * StrictMath.log(19) / nats;
  }

  /// The hardest one of those that come about by lifting another stretch to a rise of .5 and
  /// flattening all that are shorter and near to the window; absent where none is found.
  public static Optional<Rival> of(GivenCurve curve) {
    return curve.window().flatMap(window -> of(curve, window));
  }

  private static Optional<Rival> of(GivenCurve curve, GivenCurve.Stretch window) {
    Predicate<GivenCurve.Stretch> apart = rise -> apart(curve, window, rise);
    List<GivenCurve.Stretch> near = rises(curve).stream().filter(apart.negate()).toList();
    Optional<Rival> hardest = Optional.empty();
    for (GivenCurve.Stretch other : rises(curve).stream().filter(apart).toList()) {
      for (double share : SHARES) {
        Rival rival = lifted(curve, near, other, share);
        double most = hardest.map(Rival::nats).orElse(Double.POSITIVE_INFINITY);
        if (rival.nats < most && elsewhere(rival.curve, window)) {
          hardest = Optional.of(rival);
        }
      }
    }
    return hardest;
  }

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
    return window.distance(other) > 2 * Replays.NEAR * curve.length();
  }

  private static boolean elsewhere(GivenCurve curve, GivenCurve.Stretch window) {
    return curve.window().filter(other -> apart(curve, window, other)).isPresent();
  }

  /// @param rises near to the window
  /// @param share of every change that is made at the upper end, in [0, 1]
  private static Rival lifted(
      GivenCurve curve, List<GivenCurve.Stretch> rises, GivenCurve.Stretch other, double share) {
    double[] values = curve.values().clone();
    change(curve, values, other, StrictMath.max(0, RISE - rise(curve, values, other)), share);
    for (GivenCurve.Stretch rise : rises) {
      double spare = rise(curve, values, rise) - RISE + MARGIN;
      if (spare > 0 && rise.width() <= other.width()) {
        change(curve, values, rise, -spare, share);
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
    double nats = 0;
    for (int i = 0; i < values.length; i++) {
      double p = curve.values()[i];
      double q = values[i];
      moved = StrictMath.max(moved, StrictMath.abs(q - p));
      nats = q == p ? nats : StrictMath.max(nats, part(p, q) + part(1 - p, 1 - q));
    }
    GivenCurve other =
        new GivenCurve(
            curve.id(), curve.line(), curve.length(), curve.kept(), values, curve.tokens());
    return new Rival(curve.line(), other, moved, nats);
  }

  /// A probability that is left is infinitely far from one that is none, or less.
  private static double part(double p, double q) {
    if (q <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    return p > 0 ? p * StrictMath.log(p / q) : 0;
  }
}
