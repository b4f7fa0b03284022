package criticalwindows.localise;

import criticalwindows.stats.Interval;

/// A distribution over numbers that come of several kinds of window, and its intervals that hold
/// whichever kind it is.
final class Mixture {
  /// Sharp, broad and gradual.
  static final int KINDS = 3;

  /// A kind that is less likely than this is ruled out.
  static final double RULED_OUT = .02;

  private static final double FINEST = 1e-4;

  private final Spread[] kinds = {new Spread(), new Spread(), new Spread()};
  private final Spread both = new Spread();

  void add(int kind, double low, double high, double weight) {
    kinds[kind].add(low, high, weight);
    both.add(low, high, weight);
  }

  double mean() {
    return both.mean();
  }

  double total() {
    return both.total();
  }

  double share(int kind) {
    return kinds[kind].total() / both.total();
  }

  Spread.Cumulative all() {
    return both.cumulative();
  }

  /// A shortest interval of at least this probability, which has at least the second probability
  /// for each kind that is not ruled out.
  Interval shortest(double level, double each) {
    Spread.Cumulative all = both.cumulative();
    Interval interval = all.shortest(level);
    double low = level;
    double high = 1;
    while (high - low > FINEST && !(low == level && enough(interval, each))) {
      double middle = .5 * (low + high);
      Interval wider = all.shortest(middle);
      if (enough(wider, each)) {
        high = middle;
        interval = wider;
      } else {
        low = middle;
      }
    }
    return interval;
  }

  private boolean enough(Interval interval, double each) {
    for (int kind = 0; kind < kinds.length; kind++) {
      if (share(kind) >= RULED_OUT
          && kinds[kind].cumulative().between(interval.low(), interval.high()) < each - FINEST) {
        return false;
      }
    }
    return true;
  }
}
