package criticalwindows.localise;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What counts at some positions of a response say about its windows: exactly, under a [Prior].
/// Where no curve of the prior comes near the counts, a position that fits badly says no more than
/// an outlier does (see `Chain`).
public final class WindowPosterior {
  /// A curve so high is decided, in levels.
  private static final int HIGH = 18;

  private final Chain chain;
  private final double[] counts;
  private final double all;
  private final Optional<Curve.End> end;

  private WindowPosterior(Chain chain, Optional<Curve.End> end) {
    this.chain = chain;
    this.end = end;
    this.counts = new double[chain.prior.most() + 1];
    double sum = 0;
    for (int m = 0; m < counts.length; m++) {
      counts[m] = chain.evidence(m) + (m == 0 ? chain.drift : 0);
      sum += counts[m];
    }
    for (int m = 0; m < counts.length; m++) {
      counts[m] /= sum;
    }
    this.all = sum;
  }

  /// The posterior under the default prior.
  ///
  /// @param curve counts by tokens kept, each in [0, length]
  /// @param length of the response in tokens, at least 1
  public static WindowPosterior of(Curve curve, int length) {
    return of(curve, length, Prior.STANDARD);
  }

  /// The posterior under this prior.
  public static WindowPosterior of(Curve curve, int length, Prior prior) {
    if (length < 1) {
      throw new IllegalArgumentException("a response of " + length + " tokens has no window");
    }
    for (Curve.Point point : curve.points()) {
      if (point.position() < 0 || point.position() > length) {
        throw new IllegalArgumentException(point + " lies outside of " + length + " tokens");
      }
    }
    if (curve.end().filter(end -> end.position() != length).isPresent()) {
      throw new IllegalArgumentException(
          curve.end().orElseThrow() + " is not the end of " + length + " tokens");
    }
    Chain chain = Chain.of(Pooled.of(curve, length, prior), length, prior);
    return new WindowPosterior(chain, curve.end());
  }

  /// The probability that nothing rises or falls by as much as the prior's least height.
  public double noWindow() {
    return counts[0];
  }

  /// The probability that there is no window and that the curve is at .9 or more throughout: that
  /// all was decided before the response.
  public double beforehand() {
    return chain.beforehand(HIGH) / all;
  }

  /// ln of the probability of all counts, up to the numbers of ways to arrange them.
  double logEvidence() {
    return StrictMath.log(all) + chain.logScale();
  }

  /// What is said of it by itself.
  public Verdict verdict() {
    return Verdict.of(noWindow(), noWindow(), beforehand());
  }

  /// The probability of so many windows.
  ///
  /// @param count in 0 … [Prior#most]
  public double count(int count) {
    return counts[count];
  }

  /// The likeliest number of windows, given that there are any.
  public int likeliest() {
    int best = 1;
    for (int m = 2; m < counts.length; m++) {
      best = counts[m] > counts[best] ? m : best;
    }
    return best;
  }

  /// The windows in order, given that there are so many.
  ///
  /// @param count in 0 … [Prior#most]
  /// @param level of the intervals, in (0, 1)
  public List<Episode> windows(int count, double level) {
    List<Episode> windows = new ArrayList<>();
    for (int earlier = 0; earlier < count; earlier++) {
      windows.add(Episodes.of(chain, count, earlier, level));
    }
    return windows;
  }

  /// The window that rises most, the first of those that rise as much, given that there is one:
  /// whatever their number. Where all fall it is the one that falls least.
  ///
  /// @param level of the intervals, in (0, 1)
  public Episode greatest(double level) {
    return Greatest.of(chain, level);
  }

  /// Where that window decides: by token of the response, the probability that it lies there. The
  /// first token takes a response from none kept to one.
  ///
  /// @return as many as the length; they sum to 1
  public double[] deciding() {
    return Greatest.tokens(chain);
  }

  /// Where the steepest rise is.
  ///
  /// @param near so many tokens from it is near to it
  Steepest steepest(double near) {
    return new Steepest(CurveDraws.of(chain, 7), CurveDraws.of(chain, 8), near);
  }

  /// The posterior curve.
  ///
  /// @param level of the band, in (0, 1)
  /// @return one point for each place of the model's lattice, from 0 to the length
  public List<Point> curve(double level) {
    double[][] shares = CurveShares.of(chain);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      points.add(point(chain.lattice.place(i), shares[i], (1 - level) / 2));
    }
    end.ifPresent(
        known -> {
          double there = known.holds() ? 1 : 0;
          points.set(
              points.size() - 1, new Point(known.position(), there, new Interval(there, there)));
        });
    return points;
  }

  private static Point point(int position, double[] shares, double tail) {
    double mean = 0;
    double sum = 0;
    int low = -1;
    int high = -1;
    for (int i = 0; i < shares.length; i++) {
      mean += shares[i] * Levels.probability(i);
      sum += shares[i];
      low = low < 0 && sum > tail ? i : low;
      high = high < 0 && sum >= 1 - tail ? i : high;
    }
    high = high < 0 ? shares.length - 1 : high;
    double from = Math.min(mean, Levels.probability(low));
    double to = Math.max(mean, Levels.probability(high));
    return new Point(position, mean, new Interval(from, to));
  }

  Lattice lattice() {
    return chain.lattice;
  }

  /// A point of the posterior curve.
  ///
  /// @param position in tokens kept
  /// @param mean of the probability there
  /// @param band that holds it with the probability asked for, equally unsure on both sides; and
  ///   the mean, which a few curves that are far off can draw out of that
  public record Point(int position, double mean, Interval band) {}
}
