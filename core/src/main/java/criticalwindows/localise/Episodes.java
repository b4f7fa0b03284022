package criticalwindows.localise;

import criticalwindows.stats.Interval;
import java.util.Arrays;
import java.util.List;

/// Collects what is known of one window: every place, width and height with its probability, apart
/// for the sharp, the broad and the gradual.
final class Episodes {
  private static final double NEGLIGIBLE = 1e-12;
  private static final int SHARP = 0;
  private static final int BROAD = 1;
  private static final int GRADUAL = 2;

  private final Mixture places = new Mixture();
  private final Mixture starts = new Mixture();
  private final Mixture ends = new Mixture();
  private final Mixture widths = new Mixture();
  private final Mixture rises = new Mixture();
  private final double[][] byRise = new double[Mixture.KINDS][2 * Levels.TOP + 1];
  private final Interval outer;
  private final int length;
  private double width;

  Episodes(Chain chain) {
    this.outer = chain.outer();
    this.length = chain.lattice.length();
  }

  /// The window that comes after `earlier` others, given that there are `count`.
  static Episode of(Chain chain, int count, int earlier, double level) {
    Episodes window = new Episodes(chain);
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
    for (Part part : parts(chain.lattice, w(chain, w), weight / chain.mass[w])) {
      width += part.weight() * .5 * (part.narrowest() + part.widest());
      widths.add(
          part.kind(),
          StrictMath.log(part.narrowest()),
          StrictMath.log(part.widest()),
          part.weight());
      for (int h = 0; h < heights.length; h++) {
        byRise[part.kind()][h] += part.weight() * heights[h];
      }
      edges(chain.lattice, w(chain, w), part);
    }
  }

  /// The places of a window.
  private record Places(int i, int j) {
    boolean neighbours() {
      return j == i + 1;
    }
  }

  private static Places w(Chain chain, int w) {
    return new Places(chain.starts[w], chain.ends[w]);
  }

  /// The windows of one kind between two places.
  private record Part(int kind, double weight, double narrowest, double widest) {}

  private static List<Part> parts(Lattice lattice, Places at, double each) {
    double least = lattice.least(at.i(), at.j());
    double greatest = lattice.greatest(at.i(), at.j());
    double widest = lattice.widest();
    return List.of(
        new Part(SHARP, at.neighbours() ? each * lattice.sharp(at.i()) : 0, 1, 1),
        new Part(
            BROAD,
            each * lattice.broad(at.i(), at.j()),
            least,
            StrictMath.max(least, StrictMath.min(greatest, widest))),
        new Part(
            GRADUAL,
            each * lattice.gradual(at.i(), at.j()),
            StrictMath.max(least, widest),
            StrictMath.max(least, greatest)));
  }

  private void edges(Lattice lattice, Places at, Part part) {
    int i = at.i();
    int j = at.j();
    if (at.neighbours()) {
      for (Mixture within : List.of(places, starts, ends)) {
        within.add(part.kind(), lattice.place(i), lattice.place(j), part.weight());
      }
    } else {
      starts.add(part.kind(), lattice.bound(i), lattice.bound(i + 1), part.weight());
      ends.add(part.kind(), lattice.bound(j), lattice.bound(j + 1), part.weight());
      places.add(
          part.kind(),
          .5 * (lattice.bound(i) + lattice.bound(j)),
          .5 * (lattice.bound(i + 1) + lattice.bound(j + 1)),
          part.weight());
    }
  }

  /// All that was added.
  ///
  /// @param each probability that the intervals of place, start and end have at least for each kind
  ///   of window
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
        widths.share(GRADUAL),
        up);
  }

  /// Widened to whole tokens; and to the response's ends, where it reaches into the stretch of
  /// which an end is known. Nothing tells the tokens of such a stretch apart, and a shortest
  /// interval would leave out the same ones each time: the first or the last.
  private Credible tokens(Mixture mixture, double level, double each) {
    Interval shortest = mixture.shortest(level, each);
    double low = shortest.low() < outer.low() ? 0 : shortest.low();
    double high = shortest.high() > outer.high() ? length : shortest.high();
    return tokens(mixture.all(), new Interval(low, high));
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
