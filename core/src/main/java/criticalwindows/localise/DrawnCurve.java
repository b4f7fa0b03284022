package criticalwindows.localise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A curve drawn from the posterior: plateaus joined by ramps.
final class DrawnCurve {
  /// What a rise has to reach to be the steepest one, or this share of all the curve rises.
  private static final double RISE = .5;

  private static final double SHARE = .8;
  private static final double TOLERANCE = 1e-9;

  /// Its probability at each place of the lattice.
  final double[] at;

  /// Its probability halfway from each place to the next.
  final double[] between;

  private final List<Ramp> ramps = new ArrayList<>();

  DrawnCurve(int places) {
    this.at = new double[places];
    this.between = new double[places];
  }

  /// A straight line between two edges, in tokens kept.
  private record Ramp(double from, double to, double low, double high) {
    double rise() {
      return high - low;
    }

    /// The tokens it takes to rise by so much.
    double tokens(double rise) {
      return (to - from) * rise / rise();
    }
  }

  /// A stretch of the response, in tokens kept.
  record Stretch(double from, double to) {
    double width() {
      return to - from;
    }

    double middle() {
      return .5 * (from + to);
    }

    /// How far a place is from it; 0 within.
    double distance(double place) {
      return StrictMath.max(0, StrictMath.max(from - place, place - to));
    }
  }

  /// It goes on as it is to the next place.
  void stay(int place) {
    between[place] = at[place];
    at[place + 1] = at[place];
  }

  /// A window from place to place, with edges between them.
  void ramp(Stretch edges, double low, double high) {
    ramps.add(new Ramp(edges.from(), edges.to(), low, high));
  }

  /// The shortest stretch over which it rises by .5, or by four fifths of all it rises where that
  /// is less; absent where it never rises.
  Optional<Stretch> steepest() {
    double wanted = StrictMath.min(RISE, SHARE * rise());
    Optional<Stretch> best = Optional.empty();
    for (int i = 0; i < ramps.size(); i++) {
      for (int j = i; j < ramps.size(); j++) {
        Ramp first = ramps.get(i);
        Ramp last = ramps.get(j);
        boolean rises = first.rise() > 0 && last.rise() > 0;
        if (rises && last.high() - first.low() >= wanted - TOLERANCE) {
          Stretch stretch = i == j ? middle(first, wanted) : cut(first, last, wanted);
          best =
              best.filter(found -> found.width() <= stretch.width()).or(() -> Optional.of(stretch));
        }
      }
    }
    return best;
  }

  private double rise() {
    double lowest = 1;
    double rise = 0;
    for (Ramp ramp : ramps) {
      lowest = StrictMath.min(lowest, ramp.low());
      rise = StrictMath.max(rise, ramp.high() - lowest);
    }
    return rise;
  }

  private static Stretch middle(Ramp ramp, double wanted) {
    double half = .5 * ramp.tokens(wanted);
    double middle = .5 * (ramp.from() + ramp.to());
    return new Stretch(middle - half, middle + half);
  }

  /// What two ramps rise too much is left out at the flatter one.
  private static Stretch cut(Ramp first, Ramp last, double wanted) {
    double spare = last.high() - first.low() - wanted;
    double early = first.tokens(StrictMath.min(spare, first.rise()));
    double late = last.tokens(StrictMath.min(spare, last.rise()));
    return early > late
        ? new Stretch(first.from() + early, last.to())
        : new Stretch(first.from(), last.to() - late);
  }
}
