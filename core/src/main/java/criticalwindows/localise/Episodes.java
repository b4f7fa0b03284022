package criticalwindows.localise;

import criticalwindows.stats.Interval;
import java.util.Arrays;
import java.util.List;

/// Collects what is known of one window: every place, width and height with its probability, apart
/// for the sharp and the broad.
final class Episodes {
  private static final double NEGLIGIBLE = 1e-12;
  private static final int SHARP = 0;
  private static final int BROAD = 1;

  private final Mixture places = new Mixture();
  private final Mixture starts = new Mixture();
  private final Mixture ends = new Mixture();
  private final Mixture widths = new Mixture();
  private final Mixture rises = new Mixture();
  private final double[][] byRise = new double[2][2 * Levels.TOP + 1];
  private double width;

  /// The window that comes after `earlier` others, given that there are `count`.
  static Episode of(Chain chain, int count, int earlier, double level) {
    Episodes window = new Episodes();
    double evidence = chain.evidence(count) / chain.weight[count];
    double[] heights = new double[2 * Levels.TOP + 1];
    for (int w = 0; w < chain.starts.length; w++) {
      double[] from = chain.forward[earlier][chain.starts[w]];
      double[] to = chain.backward[count - 1 - earlier][chain.ends[w]];
      if (chain.mass[w] * greatest(from) * greatest(to) > NEGLIGIBLE * evidence) {
        window.add(chain, w, heights(chain, w, from, to, heights) / evidence, heights);
      }
    }
    return window.episode(level, level);
  }

  static double greatest(double[] values) {
    double greatest = 0;
    for (double value : values) {
      greatest = StrictMath.max(greatest, value);
    }
    return greatest;
  }

  private static double heights(Chain chain, int w, double[] from, double[] to, double[] heights) {
    Arrays.fill(heights, 0);
    double[] at = chain.plateau[chain.ends[w]];
    double sum = 0;
    for (int p = 0; p < chain.before.length; p++) {
      int u = chain.before[p];
      int v = chain.after[p];
      double on = chain.line[w] < 0 ? 1 : chain.lines[chain.line[w] + p];
      double weight = chain.mass[w] * chain.chance[p] * on * from[u] * at[v] * to[v];
      heights[v - u + Levels.TOP] += weight;
      sum += weight;
    }
    for (int i = 0; i < heights.length && sum > 0; i++) {
      heights[i] /= sum;
    }
    return sum;
  }

  /// A window of the chain.
  ///
  /// @param weight the probability that it is this one
  /// @param heights the probability of each rise, from −1 to 1 in steps of a level
  void add(Chain chain, int w, double weight, double[] heights) {
    Lattice lattice = chain.lattice;
    int i = chain.starts[w];
    int j = chain.ends[w];
    double low = lattice.place(i);
    double atom = j == i + 1 ? weight * lattice.sharp(i) / chain.mass[w] : 0;
    double rest = weight - atom;
    double narrowest = j == i + 1 ? 1 : StrictMath.max(1, lattice.bound(j) - low);
    double widest = lattice.bound(j + 1) - low;
    width += atom + rest * .5 * (narrowest + widest);
    widths.add(SHARP, 0, 0, atom);
    widths.add(BROAD, StrictMath.log(narrowest), StrictMath.log(widest), rest);
    for (int h = 0; h < heights.length; h++) {
      byRise[SHARP][h] += atom * heights[h];
      byRise[BROAD][h] += rest * heights[h];
    }
    if (j == i + 1) {
      for (Mixture within : List.of(places, starts, ends)) {
        within.add(SHARP, low, lattice.place(j), atom);
        within.add(BROAD, low, lattice.place(j), rest);
      }
    } else {
      starts.add(BROAD, lattice.bound(i), lattice.bound(i + 1), rest);
      ends.add(BROAD, lattice.bound(j), lattice.bound(j + 1), rest);
      places.add(
          BROAD,
          .5 * (lattice.bound(i) + lattice.bound(j)),
          .5 * (lattice.bound(i + 1) + lattice.bound(j + 1)),
          rest);
    }
  }

  /// All that was added.
  ///
  /// @param each probability that the intervals of place, start and end have at least for each kind
  ///   of window, the sharp and the broad
  Episode episode(double level, double each) {
    for (int kind = 0; kind < byRise.length; kind++) {
      for (int h = 0; h < byRise[kind].length; h++) {
        rises.add(kind, h - .5, h + .5, byRise[kind][h]);
      }
    }
    double up = 1 - rises.all().at(Levels.TOP);
    return new Episode(
        tokens(places, level, each),
        tokens(starts, level, each),
        tokens(ends, level, each),
        width(level),
        rise(level),
        widths.share(SHARP),
        up);
  }

  /// Widened to whole tokens.
  private static Credible tokens(Mixture mixture, double level, double each) {
    return tokens(mixture.all(), mixture.shortest(level, each));
  }

  static Credible tokens(Spread.Cumulative all, Interval shortest) {
    double low = StrictMath.floor(shortest.low() + 1e-6);
    double high = StrictMath.ceil(shortest.high() - 1e-6);
    return credible(all.mean(), low, high, all.between(low, high));
  }

  private Credible width(double level) {
    Interval shortest = widths.shortest(level, .5 * (1 + level));
    double low = StrictMath.max(1, StrictMath.rint(StrictMath.exp(shortest.low())));
    double high = StrictMath.max(1, StrictMath.rint(StrictMath.exp(shortest.high())));
    double mass =
        widths.all().between(low == 1 ? -1 : StrictMath.log(low - .5), StrictMath.log(high + .5));
    return credible(width / widths.total(), low, high, mass);
  }

  /// Widened to whole steps of a level.
  private Credible rise(double level) {
    Interval shortest = rises.shortest(level, level);
    double low = StrictMath.floor(shortest.low() + .5 + 1e-6) - .5;
    double high = StrictMath.ceil(shortest.high() - .5 - 1e-6) + .5;
    return credible(
        height(rises.mean()), height(low), height(high), rises.all().between(low, high));
  }

  private static double height(double step) {
    return StrictMath.clamp((step - Levels.TOP) / Levels.TOP, -1, 1);
  }

  private static Credible credible(double mean, double low, double high, double mass) {
    return new Credible(mean, new Interval(low, high), StrictMath.clamp(mass, 0, 1));
  }
}
