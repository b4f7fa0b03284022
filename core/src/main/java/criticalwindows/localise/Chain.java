package criticalwindows.localise;

import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The sums over every curve of the prior, by dynamic programming over the places of a lattice.
///
/// `forward[m][i][u]` is the probability of the counts up to place `i` together with a plateau of
/// level `u` there, summed over all ways to put `m` windows before it; `backward[m][i][u]` that of
/// the counts after it, given the plateau, with `m` windows to come. A window from place `i` to
/// place `j` multiplies the mass of such a window, the chance of its level after, and the
/// likelihood of the counts on the line between.
///
/// Where not even the likeliest curves come near the counts, these products are smaller than a
/// double can hold. Then what one position says against a probability is capped, at the greatest of
/// 128, 64, 32, 16 and 8 nats at which the sums hold: a position that fits badly counts as an
/// outlier, and no more than that.
///
/// *Source:* Fearnhead, "Exact and efficient Bayesian inference for multiple changepoint problems",
/// Statistics and Computing 16 (2006) 203–213, for the recursions; with two edges to a change and
/// levels on a grid, as in a hidden semi-Markov model (Yu, Artificial Intelligence 174 (2010)).
final class Chain {
  static final int LEVELS = Levels.TOP + 1;

  final Prior prior;
  final Lattice lattice;
  final int places;
  final double[][][] forward;
  final double[][][] backward;

  /// The prior's chance of each level.
  final double[] levels;

  /// How likely the known end of the curve is after a last plateau, by its level; 1 where no end is
  /// known.
  final double[] closing;

  /// Likelihood of the counts at each place, by level.
  final double[][] plateau;

  /// The windows there can be, by their places; the likelihoods on their lines start at `line`, or
  /// are all 1 where it is negative.
  final int[] starts;

  final int[] ends;
  final double[] mass;
  final int[] line;
  final double[] lines;

  /// Pairs of levels a window can join.
  final int[] before;

  final int[] after;
  final double[] chance;

  /// What each number of windows weighs: its prior over the mass of all ways to place so many.
  final double[] weight;

  /// Likelihood of the counts if nothing happens but a drift.
  final double drift;

  private final boolean known;
  private final List<Proportion> counts = new ArrayList<>();

  private final Map<Integer, double[]> likelihoods = new TreeMap<>();

  /// The same within gradual windows.
  private final Map<Integer, double[]> uneven = new TreeMap<>();

  /// The most that a position may say against a probability, in nats, where it is capped.
  private static final double CAP = 128;

  /// Sums of less than this, of all curves with a window, are too near the smallest double.
  private static final double LEAST = 1e-250;

  static Chain of(Curve curve, int length, Prior prior) {
    Chain chain = new Chain(curve, length, prior, Double.POSITIVE_INFINITY);
    for (double cap = CAP; chain.windows() < LEAST; cap /= 2) {
      chain = new Chain(curve, length, prior, cap);
    }
    return chain;
  }

  private Chain(Curve curve, int length, Prior prior, double cap) {
    this.prior = prior;
    this.lattice = new Lattice(curve, length, prior);
    this.places = lattice.size();
    for (Curve.Point point : curve.points()) {
      if (point.proportion().known()) {
        double least = StrictMath.exp(-cap);
        double[] all = Levels.likelihood(point.proportion(), prior.concentration());
        likelihoods.put(point.position(), capped(all, least));
        counts.add(point.proportion());
        if (prior.gradual() > 0) {
          uneven.put(point.position(), capped(uneven(point.proportion()), least));
        }
      }
    }
    this.levels = prior.levels();
    this.known = curve.end().isPresent();
    this.closing = prior.ends(curve.end().map(end -> end.holds() ? Levels.TOP : 0));
    int[][] pairs = levelPairs(prior.steps());
    this.before = pairs[0];
    this.after = pairs[1];
    this.chance = chances();
    this.plateau = plateaus();
    List<int[]> windows = new ArrayList<>();
    for (int j = 1; j < places; j++) {
      for (int i = 0; i < j; i++) {
        if (mass(i, j) > 0) {
          windows.add(new int[] {i, j});
        }
      }
    }
    this.starts = windows.stream().mapToInt(w -> w[0]).toArray();
    this.ends = windows.stream().mapToInt(w -> w[1]).toArray();
    this.mass = windows.stream().mapToDouble(w -> mass(w[0], w[1])).toArray();
    this.line = new int[starts.length];
    this.lines = lines();
    this.weight = weights();
    this.drift = drift();
    this.forward = forward();
    this.backward = backward();
  }

  /// From the first position behind the beginning to the last before the end, of those with counts:
  /// outside of it lies a stretch both of whose sides are known. Where the beginning itself has no
  /// counts there is none before it, where the end is not known none behind.
  Interval outer() {
    boolean begins = likelihoods.containsKey(0);
    boolean ends = known || likelihoods.containsKey(lattice.length());
    double low = 0;
    double high = lattice.length();
    for (int i = places - 1; i >= 0; i--) {
      boolean inside = i > 0 && i < places - 1 && likelihoods.containsKey(lattice.place(i));
      low = inside && begins ? lattice.place(i) : low;
      high = inside && ends && high == lattice.length() ? lattice.place(i) : high;
    }
    return new Interval(low, high);
  }

  double mass(int i, int j) {
    return lattice.broad(i, j) + lattice.gradual(i, j) + (j == i + 1 ? lattice.sharp(i) : 0);
  }

  /// The factors of a window and a level pair that are their own, likelihoods on the line and at
  /// its end among them.
  double own(int w, int p) {
    double on = line[w] < 0 ? 1 : lines[line[w] + p];
    return mass[w] * chance[p] * on * plateau[ends[w]][after[p]];
  }

  private static int[][] levelPairs(int steps) {
    List<int[]> pairs = new ArrayList<>();
    for (int u = 0; u < LEVELS; u++) {
      for (int v = 0; v < LEVELS; v++) {
        if (StrictMath.abs(u - v) >= steps) {
          pairs.add(new int[] {u, v});
        }
      }
    }
    return new int[][] {
      pairs.stream().mapToInt(pair -> pair[0]).toArray(),
      pairs.stream().mapToInt(pair -> pair[1]).toArray()
    };
  }

  /// The chance of each pair's second level, given its first.
  private double[] chances() {
    double[] all = new double[LEVELS];
    for (int p = 0; p < before.length; p++) {
      all[before[p]] += levels[after[p]];
    }
    double[] chances = new double[before.length];
    Arrays.setAll(chances, p -> levels[after[p]] / all[before[p]]);
    return chances;
  }

  private double[][] plateaus() {
    double[][] all = new double[places][LEVELS];
    for (int i = 0; i < places; i++) {
      double[] here = likelihoods.get(lattice.place(i));
      for (int u = 0; u < LEVELS; u++) {
        all[i][u] = here == null ? 1 : here[u * Levels.FINE];
        all[i][u] *= i == places - 1 ? closing[u] : 1;
      }
    }
    return all;
  }

  /// The likelihoods on all lines, those of a window one after the other by level pair.
  private double[] lines() {
    int size = 0;
    for (int w = 0; w < starts.length; w++) {
      line[w] = -1;
      for (int i = starts[w] + 1; i < ends[w]; i++) {
        if (likelihoods.containsKey(lattice.place(i))) {
          line[w] = size;
        }
      }
      size += line[w] < 0 ? 0 : before.length;
    }
    double[] all = new double[size];
    Arrays.fill(all, 1);
    for (int w = 0; w < starts.length; w++) {
      for (int i = starts[w] + 1; i < ends[w] && line[w] >= 0; i++) {
        double[] here = (gradual(w) ? uneven : likelihoods).get(lattice.place(i));
        if (here != null) {
          multiply(all, w, here, along(w, i));
        }
      }
    }
    return all;
  }

  /// Whether a window is gradual, or mostly so.
  private boolean gradual(int w) {
    return lattice.gradual(starts[w], ends[w]) > lattice.broad(starts[w], ends[w]);
  }

  private static double[] capped(double[] likelihood, double least) {
    return Arrays.stream(likelihood).map(value -> StrictMath.max(value, least)).toArray();
  }

  private double[] uneven(Proportion counts) {
    double own = prior.concentration();
    double more = prior.uneven();
    double factor =
        StrictMath.exp(Levels.logGreatest(counts, more) - Levels.logGreatest(counts, own));
    return Arrays.stream(Levels.likelihood(counts, more)).map(value -> value * factor).toArray();
  }

  private void multiply(double[] all, int w, double[] likelihood, double along) {
    double step = along * Levels.FINE;
    for (int p = 0; p < before.length; p++) {
      int u = before[p];
      all[line[w] + p] *= likelihood[(int) (u * Levels.FINE + (after[p] - u) * step + .5)];
    }
  }

  /// How far along a window a place is, in (0, 1).
  double along(int w, int i) {
    int start = lattice.place(starts[w]);
    return (double) (lattice.place(i) - start) / (lattice.place(ends[w]) - start);
  }

  private double[] weights() {
    double[][] ways = new double[prior.most() + 1][places];
    Arrays.fill(ways[0], 1);
    for (int m = 1; m <= prior.most(); m++) {
      int w = 0;
      for (int j = 1; j < places; j++) {
        ways[m][j] = ways[m][j - 1];
        for (; w < starts.length && ends[w] == j; w++) {
          ways[m][j] += mass[w] * ways[m - 1][starts[w]];
        }
      }
    }
    double[] weights = new double[prior.most() + 1];
    double[] last = levels;
    for (int m = 0; m < weights.length; m++) {
      double all = ways[m][places - 1] * sum(last, closing);
      last = next(last);
      weights[m] = all > 0 ? prior.count(m) / all : 0;
    }
    weights[0] *= 1 - prior.drift();
    return weights;
  }

  /// The chances of the plateau behind one more window.
  private double[] next(double[] plateaus) {
    double[] next = new double[LEVELS];
    for (int p = 0; p < before.length; p++) {
      next[after[p]] += plateaus[before[p]] * chance[p];
    }
    return next;
  }

  private static double sum(double[] chances, double[] factors) {
    double sum = 0;
    for (int u = 0; u < LEVELS; u++) {
      sum += chances[u] * factors[u];
    }
    return sum;
  }

  private double drift() {
    double sum = 0;
    for (int u = 0; u < LEVELS; u++) {
      for (int v = 0; v < LEVELS; v++) {
        sum += drifts(u, v) ? drift(u, v) : 0;
      }
    }
    return driftEach() * sum;
  }

  /// Whether a line between these levels is a drift: it moves, but by less than a window.
  boolean drifts(int u, int v) {
    return u != v && StrictMath.abs(u - v) < prior.steps();
  }

  /// The prior probability of all drifts, over the mass of their levels.
  double driftEach() {
    double mass = 0;
    for (int u = 0; u < LEVELS; u++) {
      for (int v = 0; v < LEVELS; v++) {
        mass += drifts(u, v) ? levels[u] * levels[v] * closing[v] : 0;
      }
    }
    return prior.none() * prior.drift() / mass;
  }

  /// The mass of two levels, times the likelihood of a straight line from one to the other over the
  /// whole response.
  double drift(int u, int v) {
    double product = levels[u] * levels[v] * closing[v];
    for (Map.Entry<Integer, double[]> entry : likelihoods.entrySet()) {
      double along = (double) entry.getKey() / lattice.length();
      product *= entry.getValue()[point(u, v, along)];
    }
    return product;
  }

  /// ln of what all likelihoods were divided by.
  double logScale() {
    return counts.stream()
        .mapToDouble(seen -> Levels.logGreatest(seen, prior.concentration()))
        .sum();
  }

  /// The probability of the counts together with no window and no level below this one.
  double beforehand(int least) {
    double sum = 0;
    for (int u = least; u < LEVELS; u++) {
      sum += weight[0] * forward[0][places - 1][u];
      for (int v = least; v < LEVELS; v++) {
        sum += drifts(u, v) ? driftEach() * drift(u, v) : 0;
      }
    }
    return sum;
  }

  static int point(int u, int v, double along) {
    return (int) (u * Levels.FINE + (v - u) * (along * Levels.FINE) + .5);
  }

  private double[][][] forward() {
    double[][][] sums = new double[prior.most() + 1][places][LEVELS];
    for (int u = 0; u < LEVELS; u++) {
      sums[0][0][u] = plateau[0][u] * levels[u];
    }
    int w = 0;
    for (int j = 1; j < places; j++) {
      for (; w < starts.length && ends[w] == j; w++) {
        arrive(sums, w);
      }
      for (int m = 0; m <= prior.most(); m++) {
        for (int v = 0; v < LEVELS; v++) {
          sums[m][j][v] = (sums[m][j][v] + sums[m][j - 1][v]) * plateau[j][v];
        }
      }
    }
    return sums;
  }

  private void arrive(double[][][] sums, int w) {
    for (int m = 1; m <= prior.most(); m++) {
      double[] from = sums[m - 1][starts[w]];
      double[] to = sums[m][ends[w]];
      for (int p = 0; p < before.length; p++) {
        double on = line[w] < 0 ? 1 : lines[line[w] + p];
        to[after[p]] += mass[w] * chance[p] * on * from[before[p]];
      }
    }
  }

  private double[][][] backward() {
    double[][][] sums = new double[prior.most() + 1][places][LEVELS];
    Arrays.fill(sums[0][places - 1], 1);
    int w = starts.length - 1;
    int[] byStart = byStart();
    for (int i = places - 2; i >= 0; i--) {
      for (; w >= 0 && starts[byStart[w]] == i; w--) {
        leave(sums, byStart[w]);
      }
      for (int m = 0; m <= prior.most(); m++) {
        for (int u = 0; u < LEVELS; u++) {
          sums[m][i][u] += sums[m][i + 1][u] * plateau[i + 1][u];
        }
      }
    }
    return sums;
  }

  /// The windows, those that start first in front.
  int[] byStart() {
    return java.util.stream.IntStream.range(0, starts.length)
        .boxed()
        .sorted(java.util.Comparator.comparingInt(w -> starts[w]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void leave(double[][][] sums, int w) {
    double[] at = plateau[ends[w]];
    for (int m = 1; m <= prior.most(); m++) {
      double[] to = sums[m][starts[w]];
      double[] from = sums[m - 1][ends[w]];
      for (int p = 0; p < before.length; p++) {
        double on = line[w] < 0 ? 1 : lines[line[w] + p];
        to[before[p]] += mass[w] * chance[p] * on * at[after[p]] * from[after[p]];
      }
    }
  }

  /// The probability of the counts together with any windows.
  private double windows() {
    double sum = 0;
    for (int m = 1; m < weight.length; m++) {
      sum += evidence(m);
    }
    return sum;
  }

  /// The probability of the counts together with so many windows; drift is not in it.
  double evidence(int m) {
    double sum = 0;
    for (double at : forward[m][places - 1]) {
      sum += at;
    }
    return weight[m] * sum;
  }
}
