package criticalwindows.bench;

import criticalwindows.localise.Credible;
import criticalwindows.localise.Episode;
import criticalwindows.localise.Prior;
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
/// A curve is drawn, then counts at every fourth token: 30 samples each, their probability
/// scattered around the curve as the prior says. The toy model's curves are short and get 60
/// samples at every token, without scatter. Where a window is claimed, intervals are held against
/// the truth: those of the window that rises most, whatever the number of windows, on every such
/// curve; and those of all windows given their number where the likeliest number is the true one,
/// with the toy model the one that rises most.
public final class Calibration {
  private static final int LENGTH = 100;
  private static final int STRIDE = 4;
  private static final int EACH = 30;
  private static final int TOY_EACH = 60;

  /// The toy model's curves are not scattered, and have up to five jumps, small ones among them.
  private static final Prior TOY_PRIOR = new Prior(.5, .25, 1, 5, .1, .5, .25, 1000, 1);

  private final Prior prior;
  private final double claim;
  private final double level;

  /// @param claim a window is claimed where the probability of none is at most this
  /// @param level of the intervals, in (0, 1)
  public Calibration(Prior prior, double claim, double level) {
    this.prior = prior;
    this.claim = claim;
    this.level = level;
  }

  /// What an interval is about.
  @SuppressWarnings("ImmutableEnumChecker") // its functions are static and keep nothing
  public enum Quantity {
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
  public record Coverage(Proportion held, double stated) {}

  /// One shape.
  ///
  /// @param misspecified whether the prior cannot give it
  /// @param claimed curves on which a window was claimed
  /// @param greatest of the window that rises most, over all claims on a curve with a window
  /// @param counted claims with the true number of windows
  /// @param coverage of the windows given their number, over these claims
  public record Row(
      String shape,
      boolean misspecified,
      Proportion claimed,
      Map<Quantity, Coverage> greatest,
      Proportion counted,
      Map<Quantity, Coverage> coverage) {
    public Row {
      greatest = Map.copyOf(greatest);
      coverage = Map.copyOf(coverage);
    }
  }

  /// A row for each shape, from so many curves of each.
  public List<Row> rows(int trials) {
    List<Row> rows = new ArrayList<>();
    long seed = 31;
    for (Shape shape : Shape.values()) {
      rows.add(row(shape, trials, new Draws(seed++)));
    }
    return rows;
  }

  private Row row(Shape shape, int trials, Draws draws) {
    int claims = 0;
    int counted = 0;
    Map<Quantity, Tally> greatest = new EnumMap<>(Quantity.class);
    Map<Quantity, Tally> tallies = new EnumMap<>(Quantity.class);
    for (int trial = 0; trial < trials; trial++) {
      Shape.Drawn drawn = shape.draw(prior, LENGTH, draws);
      WindowPosterior posterior =
          WindowPosterior.of(
              counts(shape, drawn, draws), drawn.length(), shape == Shape.TOY ? TOY_PRIOR : prior);
      if (posterior.noWindow() <= claim) {
        claims++;
        drawn
            .greatest()
            .ifPresent(most -> new Pair(posterior.greatest(level), most).tally(greatest));
        List<Pair> pairs = pairs(shape, drawn, posterior);
        counted += pairs.isEmpty() ? 0 : 1;
        pairs.forEach(pair -> pair.tally(tallies));
      }
    }
    return new Row(
        shape.words(),
        !shape.stated(),
        new Proportion(claims, trials),
        coverage(greatest),
        new Proportion(counted, claims),
        coverage(tallies));
  }

  private static Map<Quantity, Coverage> coverage(Map<Quantity, Tally> tallies) {
    Map<Quantity, Coverage> coverage = new EnumMap<>(Quantity.class);
    tallies.forEach((quantity, tally) -> coverage.put(quantity, tally.coverage()));
    return coverage;
  }

  private Curve counts(Shape shape, Shape.Drawn drawn, Draws draws) {
    boolean toy = shape == Shape.TOY;
    List<Curve.Point> points = new ArrayList<>();
    for (int x = 0; x <= drawn.length(); x += toy ? 1 : STRIDE) {
      double p = drawn.values()[x];
      double scattered =
          toy ? p : draws.beta(prior.concentration() * p, prior.concentration() * (1 - p));
      points.add(new Curve.Point(x, draws.trials(scattered, toy ? TOY_EACH : EACH)));
    }
    return new Curve(points);
  }

  private List<Pair> pairs(Shape shape, Shape.Drawn drawn, WindowPosterior posterior) {
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
