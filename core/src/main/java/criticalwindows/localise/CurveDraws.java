package criticalwindows.localise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Draws curves from the posterior: from the first place on, each step with its exact probability
/// given the counts and all that was drawn before.
///
/// The numbers of windows are spread evenly over their distribution. All else comes from a stream
/// of numbers with a given seed, so the same counts give the same curves.
///
/// *Source:* Fearnhead (2006), section 2.2: simulation from the recursions.
final class CurveDraws {
  private static final int COUNT = 200;

  private final Chain chain;
  private final SplittableRandom random;
  private final int[] byStart;
  private final int[] firstPair = new int[Chain.LEVELS + 1];
  private final int[] firstWindow;

  private CurveDraws(Chain chain, long seed) {
    this.chain = chain;
    this.random = new SplittableRandom(seed);
    this.byStart = chain.byStart();
    this.firstWindow = new int[chain.places + 1];
    for (int start : chain.starts) {
      firstWindow[start + 1]++;
    }
    for (int level : chain.before) {
      firstPair[level + 1]++;
    }
    Arrays.parallelPrefix(firstWindow, Integer::sum);
    Arrays.parallelPrefix(firstPair, Integer::sum);
  }

  /// A window and the levels that it joins.
  private record Jump(int window, int pair) {}

  /// @param seed of the stream
  static List<DrawnCurve> of(Chain chain, long seed) {
    CurveDraws draws = new CurveDraws(chain, seed);
    double[] counts = draws.counts();
    List<DrawnCurve> curves = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      double quantile = (i + .5) / COUNT;
      int windows = counts.length - 1;
      while (windows > 0 && quantile >= counts[windows]) {
        quantile -= counts[windows--];
      }
      curves.add(draws.curve(windows));
    }
    return curves;
  }

  /// The probabilities of the numbers of windows; a drift has none.
  private double[] counts() {
    double[] counts = new double[chain.weight.length];
    double all = chain.drift;
    for (int m = 0; m < counts.length; m++) {
      counts[m] = chain.evidence(m);
      all += counts[m];
    }
    for (int m = 0; m < counts.length; m++) {
      counts[m] /= all;
    }
    return counts;
  }

  private DrawnCurve curve(int windows) {
    DrawnCurve curve = new DrawnCurve(chain.places);
    int left = windows;
    int level = first(left);
    int place = 0;
    curve.at[0] = probability(level);
    while (place < chain.places - 1) {
      double rest = random.nextDouble() * chain.backward[left][place][level];
      rest -= chain.plateau[place + 1][level] * chain.backward[left][place + 1][level];
      if (left == 0 || rest < 0) {
        curve.stay(place++);
      } else {
        Jump jump = jump(place, level, left - 1, rest);
        draw(curve, jump);
        level = chain.after[jump.pair()];
        place = chain.ends[jump.window()];
        left--;
      }
    }
    curve.between[place] = curve.at[place];
    return curve;
  }

  private static double probability(int level) {
    return Levels.probability(level * Levels.FINE);
  }

  private int first(int windows) {
    double[] weights = new double[Chain.LEVELS];
    double sum = 0;
    for (int u = 0; u < weights.length; u++) {
      weights[u] = chain.forward[0][0][u] * chain.backward[windows][0][u];
      sum += weights[u];
    }
    double rest = random.nextDouble() * sum;
    int level = 0;
    while (level < weights.length - 1 && rest >= weights[level]) {
      rest -= weights[level++];
    }
    return level;
  }

  /// The window that starts here and brings the sum of all before it to what is drawn.
  private Jump jump(int place, int level, int left, double drawn) {
    double rest = drawn;
    Jump last = new Jump(0, 0);
    for (int at = firstWindow[place]; at < firstWindow[place + 1] && rest >= 0; at++) {
      int w = byStart[at];
      double[] to = chain.backward[left][chain.ends[w]];
      for (int p = firstPair[level]; p < firstPair[level + 1] && rest >= 0; p++) {
        double weight = chain.own(w, p) * to[chain.after[p]];
        last = weight > 0 ? new Jump(w, p) : last;
        rest -= weight;
      }
    }
    return last;
  }

  private void draw(DrawnCurve curve, Jump jump) {
    int w = jump.window();
    int start = chain.starts[w];
    int end = chain.ends[w];
    int u = chain.before[jump.pair()];
    int v = chain.after[jump.pair()];
    DrawnCurve.Stretch edges = edges(w);
    for (int i = start + 1; i < end; i++) {
      curve.at[i] = Levels.probability(Chain.point(u, v, chain.along(w, i)));
    }
    curve.at[end] = probability(v);
    for (int i = start; i < end; i++) {
      double middle = .5 * (chain.lattice.place(i) + chain.lattice.place(i + 1));
      double along = StrictMath.clamp((middle - edges.from()) / edges.width(), 0, 1);
      curve.between[i] = Levels.probability(Chain.point(u, v, along));
    }
    curve.ramp(edges, (double) u / Levels.TOP, (double) v / Levels.TOP);
  }

  /// Where a window between neighbouring places has its edges is drawn too.
  private DrawnCurve.Stretch edges(int w) {
    int i = chain.starts[w];
    double from = chain.lattice.place(i);
    double gap = chain.lattice.place(chain.ends[w]) - from;
    if (chain.ends[w] > i + 1 || gap <= 1) {
      return new DrawnCurve.Stretch(from, from + gap);
    }
    boolean sharp = random.nextDouble() < chain.lattice.sharp(i) / chain.mass[w];
    double width = sharp ? 1 : StrictMath.exp(random.nextDouble() * StrictMath.log(gap));
    double start = from + random.nextDouble() * (gap - width);
    return new DrawnCurve.Stretch(start, start + width);
  }
}
