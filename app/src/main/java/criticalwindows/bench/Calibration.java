package criticalwindows.bench;

import criticalwindows.localise.Credible;
import criticalwindows.localise.Episode;
import criticalwindows.localise.Prior;
import criticalwindows.localise.Scatter;
import criticalwindows.localise.Verdict;
import criticalwindows.localise.WindowPosterior;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Whether the window model's intervals hold as often as they say.
///
/// A curve is drawn, then counts at 26 positions, 30 at each: every fourth token of 100, or where
/// single tokens are asked for 50 at every 25th of 500. Their probability is scattered around the
/// curve as the prior says. The toy model's curves are short and get 60 samples at every token,
/// without scatter. Where a window is claimed, intervals are held against the truth: those of the
/// window that rises most, whatever the number of windows, on every such curve; and those of all
/// windows given their number where the likeliest number is the true one, with the toy model the
/// one that rises most.
final class Calibration {
  private static final int EACH = 30;
  private static final int TOY_EACH = 60;
  private static final int LONG_EACH = 50;

  /// The concentration at which two outcomes from one position are correlated by a quarter.
  private static final double SHARED = 3;

  /// The toy model's curves are not scattered, and have up to five jumps, small ones among them.
  private static final Prior TOY_PRIOR = new Prior(.5, .25, 1, 5, .1, .5, 0, .25, 1000, 1);

  private final Prior prior;
  private final double level;
  private final Ends ends;

  /// What is known of the end of a curve.
  enum Ends {
    /// It is 1, without sampling.
    KNOWN,
    /// Nothing but what is sampled there.
    OPEN
  }

  /// @param level of the intervals, in (0, 1)
  Calibration(Prior prior, double level, Ends ends) {
    this.prior = prior;
    this.level = level;
    this.ends = ends;
  }

  /// What an interval is about.
  @SuppressWarnings("ImmutableEnumChecker") // its functions are static and keep nothing
  enum Quantity {
    PLACE(Episode::place, Shape.Truth::place),
    WIDTH(Episode::width, Shape.Truth::width),
    HEIGHT(Episode::rise, Shape.Truth::rise);

    private final Function<Episode, Credible> stated;
    private final Function<Shape.Truth, Double> truth;

    Quantity(Function<Episode, Credible> stated, Function<Shape.Truth, Double> truth) {
      this.stated = stated;
      this.truth = truth;
    }
  }

  /// How often one interval held.
  ///
  /// @param stated the mean of the probabilities it gave itself
  record Coverage(Proportion held, double stated) {}

  /// One shape.
  ///
  /// @param misspecified whether the prior cannot give it
  /// @param claimed curves on which a window was claimed
  /// @param gradual claims that it is decided gradually
  /// @param nothing claims on a curve without a window
  /// @param none probability of no window, mean over claims
  /// @param greatest of the window that rises most, over all claims on a curve with a window
  /// @param counted claims with the true number of windows
  /// @param coverage of the windows given their number, over these claims
  record Row(
      String shape,
      boolean misspecified,
      Proportion claimed,
      Proportion gradual,
      Proportion nothing,
      double none,
      Map<Quantity, Coverage> greatest,
      Proportion counted,
      Map<Quantity, Coverage> coverage) {
    Row {
      greatest = Map.copyOf(greatest);
      coverage = Map.copyOf(coverage);
    }
  }

  /// A row for each shape, from so many curves of each.
  List<Row> rows(int trials) {
    List<Row> rows = new ArrayList<>();
    long seed = 31;
    for (Shape shape : Shape.values()) {
      rows.add(row(shape, trials, new Draws(seed++)));
    }
    return rows;
  }

  private Row row(Shape shape, int trials, Draws draws) {
    Sums sums = new Sums();
    for (int trial = 0; trial < trials; trial++) {
      Shape.Drawn drawn = shape.draw(prior, ends == Ends.KNOWN, draws);
      Curve counts = counts(shape, drawn, draws);
      Prior own = own(shape, new Scatter.Seen(counts, drawn.length()));
      sums.add(shape, drawn, WindowPosterior.of(counts, drawn.length(), own), level);
    }
    Proportion claims = new Proportion(sums.claims, trials);
    return new Row(
        shape.words(),
        !shape.stated(),
        claims,
        new Proportion(sums.gradual, sums.claims),
        new Proportion(sums.nothing, sums.claims),
        sums.claims == 0 ? 0 : sums.none / sums.claims,
        coverage(sums.greatest),
        new Proportion(sums.counted, sums.claims),
        coverage(sums.given));
  }

  /// The prior it is read by; where seeds are shared, as a report would find out.
  private Prior own(Shape shape, Scatter.Seen seen) {
    return shape == Shape.TOY
        ? TOY_PRIOR
        : shape == Shape.SHARED ? Scatter.of(List.of(seen), prior).of(prior) : prior;
  }

  private static final class Sums {
    private final Map<Quantity, Tally> greatest = new EnumMap<>(Quantity.class);
    private final Map<Quantity, Tally> given = new EnumMap<>(Quantity.class);
    private int claims;
    private int gradual;
    private int nothing;
    private double none;
    private int counted;

    void add(Shape shape, Shape.Drawn drawn, WindowPosterior posterior, double level) {
      if (posterior.verdict() != Verdict.CLAIMED) {
        return;
      }
      claims++;
      none += posterior.noWindow();
      Episode window = posterior.greatest(level);
      gradual += window.gradual() > .5 ? 1 : 0;
      nothing += drawn.windows().isEmpty() ? 1 : 0;
      drawn.greatest().ifPresent(most -> new Pair(window, most).tally(greatest));
      List<Pair> pairs = pairs(shape, drawn, posterior, level);
      counted += pairs.isEmpty() ? 0 : 1;
      pairs.forEach(pair -> pair.tally(given));
    }
  }

  private static Map<Quantity, Coverage> coverage(Map<Quantity, Tally> tallies) {
    Map<Quantity, Coverage> coverage = new EnumMap<>(Quantity.class);
    tallies.forEach((quantity, tally) -> coverage.put(quantity, tally.coverage()));
    return coverage;
  }

  private Curve counts(Shape shape, Shape.Drawn drawn, Draws draws) {
    boolean toy = shape == Shape.TOY;
    int each = toy ? TOY_EACH : drawn.length() > 100 ? LONG_EACH : EACH;
    int stride = toy ? 1 : drawn.length() > 100 ? 25 : 4;
    int last = ends == Ends.KNOWN ? drawn.length() - 1 : drawn.length();
    List<Curve.Point> points = new ArrayList<>();
    for (int x = 0; x <= last; x += stride) {
      double p = drawn.values()[x];
      double around = concentration(shape, drawn, x);
      double scattered = toy ? p : draws.beta(around * p, around * (1 - p));
      points.add(new Curve.Point(x, draws.trials(scattered, each)));
    }
    Curve sampled = new Curve(points);
    return ends == Ends.KNOWN ? sampled.endingAt(new Curve.End(drawn.length(), true)) : sampled;
  }

  private double concentration(Shape shape, Shape.Drawn drawn, int at) {
    if (shape == Shape.SHARED) {
      return SHARED;
    }
    boolean gradual =
        drawn.windows().stream()
            .anyMatch(
                window ->
                    window.from() < at
                        && at < window.to()
                        && window.width() > prior.widest() * drawn.length());
    return gradual && shape == Shape.PRIOR ? prior.uneven() : prior.concentration();
  }

  private static List<Pair> pairs(
      Shape shape, Shape.Drawn drawn, WindowPosterior posterior, double level) {
    int count = posterior.likeliest();
    List<Episode> windows = posterior.windows(count, level);
    if (shape == Shape.TOY) {
      Episode most =
          Collections.max(windows, Comparator.comparingDouble(window -> window.rise().mean()));
      return List.of(new Pair(most, drawn.greatest().orElseThrow()));
    }
    if (count != drawn.windows().size()) {
      return List.of();
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(new Pair(windows.get(i), drawn.windows().get(i)));
    }
    return pairs;
  }

  private record Pair(Episode episode, Shape.Truth truth) {
    void tally(Map<Quantity, Tally> tallies) {
      for (Quantity quantity : Quantity.values()) {
        tallies
            .computeIfAbsent(quantity, q -> new Tally())
            .add(quantity.stated.apply(episode), quantity.truth.apply(truth));
      }
    }
  }

  private static final class Tally {
    private Proportion held = Proportion.NONE;
    private double stated;

    void add(Credible credible, double truth) {
      held = held.plus(Proportion.Outcome.of(credible.interval().holds(truth)));
      stated += credible.probability();
    }

    Coverage coverage() {
      return new Coverage(held, stated / held.trials());
    }
  }
}
