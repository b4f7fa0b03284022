package criticalwindows.localise;

import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.List;

/// What each class of outcome gains at a change: the difference of two Beta variables, mixed over
/// the segments that can meet there, on a grid of probabilities.
final class Exchange {
  private static final int CELLS = 200;

  private final int classes;
  private final double[][] gains;
  private final double[] before;
  private final double[] after;

  Exchange(int classes) {
    this.classes = classes;
    this.gains = new double[classes][2 * CELLS - 1];
    this.before = new double[classes];
    this.after = new double[classes];
  }

  /// A segment next to the change.
  ///
  /// @param counts by class
  record Segment(double weight, List<Long> counts) {
    Segment {
      counts = List.copyOf(counts);
    }

    long total() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }

    /// The posterior mean of a class.
    double mean(int c) {
      return (counts.get(c) + 1.0 / counts.size()) / (total() + 1);
    }
  }

  void add(double weight, List<Segment> ended, List<Segment> begun) {
    for (int c = 0; c < classes; c++) {
      double[] from = density(ended, c);
      double[] to = density(begun, c);
      for (Segment segment : ended) {
        before[c] += weight * segment.weight() * segment.mean(c);
      }
      for (Segment segment : begun) {
        after[c] += weight * segment.weight() * segment.mean(c);
      }
      for (int i = 0; i < CELLS; i++) {
        for (int j = 0; j < CELLS; j++) {
          gains[c][j - i + CELLS - 1] += weight * from[i] * to[j];
        }
      }
    }
  }

  /// The mass of each of [#CELLS] equal cells of probability.
  private static double[] density(List<Segment> segments, int c) {
    double[] all = new double[CELLS];
    for (Segment segment : segments) {
      double a = segment.counts().get(c) + 1.0 / segment.counts().size();
      double b = segment.total() + 1 - a;
      double[] cells = cells(a, b);
      for (int i = 0; i < CELLS; i++) {
        all[i] += segment.weight() * cells[i];
      }
    }
    return all;
  }

  /// A Beta distribution's density at the middle of each cell; at 0 and 1, where it can be
  /// infinite, the integral of the factor that is.
  private static double[] cells(double a, double b) {
    double width = 1.0 / CELLS;
    double[] logs = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      double x = (i + .5) * width;
      double low =
          i == 0
              ? a * StrictMath.log(width) - StrictMath.log(a * width)
              : (a - 1) * StrictMath.log(x);
      double high =
          i == CELLS - 1
              ? b * StrictMath.log(width) - StrictMath.log(b * width)
              : (b - 1) * StrictMath.log(1 - x);
      logs[i] = low + high;
    }
    return LogWeights.shares(logs);
  }

  List<ClassChange> classes(List<String> names, double level) {
    List<ClassChange> all = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      Spread gain = new Spread();
      double up = .5 * gains[c][CELLS - 1];
      for (int i = 0; i < gains[c].length; i++) {
        double middle = i - CELLS + 1;
        gain.add((middle - .5) / CELLS, (middle + .5) / CELLS, gains[c][i]);
        up += i >= CELLS ? gains[c][i] : 0;
      }
      Spread.Cumulative sums = gain.cumulative();
      Interval interval = sums.shortest(level);
      all.add(
          new ClassChange(
              names.get(c),
              before[c],
              after[c],
              new Credible(
                  after[c] - before[c], interval, sums.between(interval.low(), interval.high())),
              up / gain.total()));
    }
    return all;
  }
}
