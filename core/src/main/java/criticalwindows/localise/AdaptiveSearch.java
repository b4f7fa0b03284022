package criticalwindows.localise;

import criticalwindows.stats.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Spends samples where they say most.
///
/// It opens with one sample at each place of a coarse grid. Then, batch by batch, it draws curves
/// from the posterior, claims the place that is near to the steepest rise of most of them, and
/// samples where the next outcome is expected to say most: about whether this place is the right
/// one, and, with a weight of .3, about the curve. It stops when the place is known, when no
/// outcome is worth its price, or when its rollouts are spent. Where the place is not known it
/// names as few as can hold it, each with its probability.
///
/// *Source:* the expected information of an outcome is that of Lindley, "On a measure of the
/// information provided by an experiment", Ann. Math. Statist. 27 (1956) 986–1005; H(mean) −
/// mean(H) as in Houlsby et al., arXiv 1112.5745.
public record AdaptiveSearch(Prior prior, Settings settings) implements Localiser {
  /// Up to five windows: a hundred outcomes miss some of those that a curve has, and a search that
  /// holds three for the most it can have is too sure of what it saw. Most responses have one, and
  /// most of what is decided is decided for good: Jeffreys' prior for the levels.
  private static final Prior PRIOR = new Prior(.2, .25, .8, 5, .15, .5, 0, .25, 20, .5);

  /// With its own prior and the default settings.
  public static final AdaptiveSearch STANDARD = new AdaptiveSearch(PRIOR, Settings.STANDARD);

  /// What news about the curve weighs beside news about the place.
  private static final double CURVE = .3;

  /// Nats that all the rollouts a search may take would have to say.
  private static final double ENOUGH = 1.5;

  /// What a search is asked for.
  ///
  /// @param budget most rollouts
  /// @param width how far from the steepest rise the claimed place may be, as a share of the
  ///   response; .001 for single tokens
  /// @param confidence the place is known where this is the probability that it is so near, in (0,
  ///   1)
  /// @param settled the search ends with a place that is known only where the probability of no
  ///   rise is at most this
  /// @param claim it says that it saw a window where the probability of no rise is at most this;
  ///   whether one is claimed is up to [Verdict] and the prior of reports
  /// @param opening positions of the coarse grid, at least 2
  /// @param each samples at each of them, at least 1
  /// @param batch samples of every later move, at least 1
  public record Settings(
      int budget,
      double width,
      double confidence,
      double settled,
      double claim,
      int opening,
      int each,
      int batch) {
    /// The default.
    public static final Settings STANDARD = new Settings(120, .05, .95, .03, .485, 24, 1, 4);

    private Settings asked(double wide, double sure, int most) {
      return new Settings(most, wide, sure, settled, claim, opening, each, batch);
    }

    /// The search ends where one more outcome is expected to say less than this, in nats. At that
    /// rate 120 outcomes, or the whole budget where it is larger, would say less than [#ENOUGH].
    private double worth() {
      return ENOUGH / StrictMath.max(budget, STANDARD.budget);
    }

    /// The tokens that are near; to the very token where the width is no more.
    private double near(int length) {
      return StrictMath.max(0, width * length - .5);
    }
  }

  /// The standard one, asked for this much.
  ///
  /// @param width how far from the steepest rise the place may be, as a share of the response
  /// @param confidence that it is so near, in (0, 1)
  /// @param budget most rollouts of a response
  public static AdaptiveSearch of(double width, double confidence, int budget) {
    return new AdaptiveSearch(PRIOR, Settings.STANDARD.asked(width, confidence, budget));
  }

  @Override
  public Move next(Curve counts, int length) {
    return choose(counts, length).move();
  }

  /// What to do now, and on what grounds.
  public Choice choose(Curve counts, int length) {
    long spent = counts.points().stream().mapToLong(p -> p.proportion().trials()).sum();
    if (spent == 0) {
      return new Choice(opening(counts, length), Optional.empty());
    }
    WindowPosterior posterior = WindowPosterior.of(counts, length, prior);
    Steepest steepest = posterior.steepest(settings.near(length));
    Target target = mostTelling(steepest, places(posterior, counts), finest(length));
    Belief belief =
        new Belief(
            posterior.noWindow(), steepest.places(settings.confidence(), length), target.nats());
    return new Choice(next(steepest, target, spent), Optional.of(belief));
  }

  private Move next(Steepest steepest, Target target, long spent) {
    double none = 1 - steepest.rises();
    if (none <= settings.settled() && steepest.sure() >= settings.confidence()) {
      return new Move.Stop("the place is known");
    }
    if (target.nats() < settings.worth()) {
      return new Move.Stop(none > settings.claim() ? "no window" : "no outcome would say enough");
    }
    if (spent >= settings.budget()) {
      return new Move.Stop("the budget is spent");
    }
    int most = (int) StrictMath.min(settings.batch(), settings.budget() - spent);
    return new Move.Sample(
        List.of(new Move.Draw(target.position(), most)), "the next outcome says most here");
  }

  /// A move and its grounds.
  ///
  /// @param belief absent before anything is sampled
  public record Choice(Move move, Optional<Belief> belief) {}

  /// What a search holds likely.
  ///
  /// @param noWindow probability that there is no window
  /// @param places where the steepest rise can be, at the confidence asked for, the likeliest
  ///   first; empty where nothing rises
  /// @param nats that one more outcome is expected to say, where it says most
  public record Belief(double noWindow, List<Credible> places, double nats) {
    public Belief {
      places = List.copyOf(places);
    }
  }

  /// Where one more outcome says most, and how much.
  private record Target(int position, double nats) {
    Target or(Target other) {
      return other.nats > nats ? other : this;
    }
  }

  private Move opening(Curve counts, int length) {
    List<Move.Draw> draws = new ArrayList<>();
    int last = -1;
    int each = StrictMath.max(1, StrictMath.min(settings.each(), settings.budget() / 2));
    int grid = StrictMath.clamp(settings.budget() / each, 2, settings.opening());
    int steps = counts.end().isPresent() ? grid : grid - 1;
    for (int i = 0; i < grid; i++) {
      int position = (int) ((long) length * i / steps);
      if (position > last) {
        draws.add(new Move.Draw(position, each));
      }
      last = position;
    }
    return new Move.Sample(draws, "a coarse grid");
  }

  /// No two positions are sampled closer to each other than this.
  private int finest(int length) {
    return (int) StrictMath.max(1, settings.width() * length / 4);
  }

  /// The model's places, and how many of them can be sampled: an end that is known cannot.
  private record Places(Lattice lattice, int count) {}

  private static Places places(WindowPosterior posterior, Curve counts) {
    int all = posterior.lattice().size();
    return new Places(posterior.lattice(), counts.end().isPresent() ? all - 1 : all);
  }

  private static Target mostTelling(Steepest steepest, Places places, int finest) {
    Lattice lattice = places.lattice();
    Target best = new Target(0, -1);
    for (int i = 0; i < places.count(); i++) {
      best = best.or(new Target(lattice.place(i), nats(steepest.at(i))));
      if (i + 1 < lattice.size() && lattice.place(i + 1) - lattice.place(i) >= 2 * finest) {
        int middle = (lattice.place(i) + lattice.place(i + 1)) / 2;
        best = best.or(new Target(middle, nats(steepest.between(i))));
      }
    }
    return best;
  }

  private static double nats(Steepest.Telling telling) {
    return telling.where() + CURVE * telling.curve();
  }

  @Override
  public Optional<Double> noWindow(Curve counts, int length) {
    return Optional.of(WindowPosterior.of(counts, length).noWindow());
  }

  @Override
  public Optional<Found> found(Curve counts, int length) {
    if (WindowPosterior.of(counts, length).verdict() != Verdict.CLAIMED) {
      return Optional.empty();
    }
    Steepest steepest = WindowPosterior.of(counts, length, prior).steepest(settings.near(length));
    List<Credible> places = steepest.places(settings.confidence(), length);
    return places.isEmpty() ? Optional.empty() : Optional.of(new Found(places));
  }
}
