package criticalwindows.localise;

import criticalwindows.stats.Curve;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Spends samples where they say most.
///
/// It opens with a few samples on a coarse grid. Then, batch by batch, it samples where the next
/// outcome is expected to say most about the curve: where the curve's posterior is torn between low
/// and high, which is around an edge, or where nothing is known yet. It stops when there is no
/// window to be expected, when the window's place is known closely enough, or when the budget is
/// spent.
///
/// *Source:* the expected information of an outcome is that of Lindley, "On a measure of the
/// information provided by an experiment", Ann. Math. Statist. 27 (1956) 986–1005; H(mean) −
/// mean(H) as in Houlsby et al., arXiv 1112.5745.
public record AdaptiveSearch(Prior prior, Settings settings) implements Localiser {
  /// With the default prior and settings.
  public static final AdaptiveSearch STANDARD =
      new AdaptiveSearch(Prior.STANDARD, Settings.STANDARD);

  /// What a search is asked for.
  ///
  /// @param budget most rollouts
  /// @param width of the interval for the window's place at which it is known closely enough, as a
  ///   share of the response
  /// @param confidence of that interval, in (0, 1)
  /// @param claim a window is claimed where the probability of none is at most this
  /// @param quiet the search ends where the probability of no window is at least this
  /// @param opening positions of the coarse grid, at least 2
  /// @param each samples at each of them, at least 1
  /// @param batch samples of every later move, at least 1
  public record Settings(
      int budget,
      double width,
      double confidence,
      double claim,
      double quiet,
      int opening,
      int each,
      int batch) {
    /// The default.
    public static final Settings STANDARD = new Settings(130, .05, .9, .25, .85, 12, 3, 4);

    private Settings asked(double wide, double sure, int most) {
      return new Settings(most, wide, sure, claim, quiet, opening, each, batch);
    }
  }

  /// The standard one, asked for this much.
  ///
  /// @param width of the interval for the window's place, as a share of the response
  /// @param confidence of that interval, in (0, 1)
  /// @param budget most rollouts of a response
  public static AdaptiveSearch of(double width, double confidence, int budget) {
    return new AdaptiveSearch(Prior.STANDARD, Settings.STANDARD.asked(width, confidence, budget));
  }

  @Override
  public Move next(Curve counts, int length) {
    return choose(counts, length).move();
  }

  /// What to do now, and on what grounds.
  public Choice choose(Curve counts, int length) {
    long spent = counts.points().stream().mapToLong(p -> p.proportion().trials()).sum();
    if (spent == 0) {
      return new Choice(opening(length), Optional.empty());
    }
    WindowPosterior posterior = WindowPosterior.of(counts, length, prior);
    Target target = mostTelling(posterior, finest(length));
    Belief belief =
        new Belief(
            posterior.noWindow(),
            posterior.main(settings.confidence()).map(Episode::place),
            target.nats());
    return new Choice(next(belief, target, length, spent), Optional.of(belief));
  }

  private Move next(Belief belief, Target target, int length, long spent) {
    if (belief.noWindow() >= settings.quiet()) {
      return new Move.Stop("no window");
    }
    if (belief.noWindow() <= settings.claim() && known(belief, length)) {
      return new Move.Stop("the place is known");
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
  /// @param place of the window that rises most, at the confidence asked for
  /// @param nats that one more outcome is expected to say about the curve, where it says most
  public record Belief(double noWindow, Optional<Credible> place, double nats) {}

  /// Where one more outcome says most, and how much.
  private record Target(int position, double nats) {}

  private Move opening(int length) {
    List<Move.Draw> draws = new ArrayList<>();
    int last = -1;
    int each = StrictMath.max(1, StrictMath.min(settings.each(), settings.budget() / 2));
    int grid = StrictMath.clamp(settings.budget() / each, 2, settings.opening());
    for (int i = 0; i < grid; i++) {
      int position = (int) ((long) length * i / (grid - 1));
      if (position > last) {
        draws.add(new Move.Draw(position, each));
      }
      last = position;
    }
    return new Move.Sample(draws, "a coarse grid");
  }

  private boolean known(Belief belief, int length) {
    return belief
        .place()
        .filter(place -> place.interval().width() <= StrictMath.max(1, settings.width() * length))
        .isPresent();
  }

  /// No two positions are sampled closer to each other than this.
  private int finest(int length) {
    return (int) StrictMath.max(1, settings.width() * length / 2);
  }

  private static Target mostTelling(WindowPosterior posterior, int finest) {
    double[][] shares = posterior.shares();
    Lattice lattice = posterior.lattice();
    int best = 0;
    double most = -1;
    for (int i = 0; i < shares.length; i++) {
      double telling = Information.of(shares[i]);
      if (telling > most) {
        most = telling;
        best = lattice.place(i);
      }
      if (i + 1 < shares.length && lattice.place(i + 1) - lattice.place(i) >= 2 * finest) {
        double between = Information.of(shares[i], shares[i + 1]);
        if (between > most) {
          most = between;
          best = (lattice.place(i) + lattice.place(i + 1)) / 2;
        }
      }
    }
    return new Target(best, most);
  }

  @Override
  public Optional<Found> found(Curve counts, int length) {
    WindowPosterior posterior = WindowPosterior.of(counts, length, prior);
    return posterior.noWindow() <= settings.claim()
        ? Optional.of(new Found(posterior.steepest(settings.confidence())))
        : Optional.empty();
  }
}
