package criticalwindows.bench;

import criticalwindows.localise.Localiser;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Searches replayed on given curves and on simulated flat ones.
public final class Replays {
  private static final int FLAT_LENGTH = 500;

  private Replays() {}

  /// A localiser under its name.
  public record Named(String name, Localiser localiser) {}

  /// Which curves a row is about.
  public enum Group {
    NARROW("narrow windows"),
    ALL("all windows"),
    BROAD("broad windows"),
    SLIGHT("slight rises"),
    FLAT("flat curves"),
    EVERY("all curves"),
    SIMULATED("simulated flat");

    private final String words;

    Group(String words) {
      this.words = words;
    }

    /// In words.
    public String words() {
      return words;
    }

    private Set<GivenCurve.Kind> kinds() {
      return switch (this) {
        case NARROW -> Set.of(GivenCurve.Kind.NARROW);
        case BROAD -> Set.of(GivenCurve.Kind.BROAD);
        case ALL -> Set.of(GivenCurve.Kind.NARROW, GivenCurve.Kind.BROAD);
        case SLIGHT -> Set.of(GivenCurve.Kind.SLIGHT);
        case FLAT -> Set.of(GivenCurve.Kind.FLAT);
        case EVERY -> Set.of(GivenCurve.Kind.values());
        case SIMULATED -> Set.of();
      };
    }
  }

  /// A share or a mean with its 95 % interval over curves.
  public record Figure(double value, Interval interval) {}

  /// What a localiser did on one group of curves. What has no meaning there is absent.
  ///
  /// @param found share of searches that claim a window
  /// @param near share of claims whose centre is within 5 % of the window
  /// @param held share of claims whose interval meets the window
  /// @param rollouts mean over searches
  /// @param tokens mean over searches
  public record Row(
      String localiser,
      Group group,
      int curves,
      Optional<Figure> found,
      Optional<Figure> near,
      Optional<Figure> held,
      Optional<Figure> rollouts,
      Optional<Figure> tokens) {}

  /// Every group of one localiser.
  ///
  /// @param replays of each curve
  /// @param flats how many simulated flat curves, at levels drawn evenly from [0, 1]
  public static List<Row> rows(Named named, List<GivenCurve> curves, int replays, int flats) {
    List<Tally> tallies =
        curves.stream().map(curve -> tally(named.localiser(), curve, replays)).toList();
    List<Tally> simulated =
        IntStream.range(0, flats).mapToObj(i -> flat(named.localiser(), i)).toList();
    return Arrays.stream(Group.values())
        .map(
            group ->
                row(
                    named.name(),
                    group,
                    group == Group.SIMULATED
                        ? simulated
                        : tallies.stream()
                            .filter(tally -> group.kinds().contains(tally.kind))
                            .toList()))
        .toList();
  }

  private record Tally(
      GivenCurve.Kind kind,
      int searches,
      int found,
      int near,
      int held,
      double rollouts,
      double tokens) {}

  private static Tally tally(Localiser localiser, GivenCurve curve, int replays) {
    List<Replay> all =
        IntStream.range(0, replays)
            .mapToObj(i -> Replay.of(localiser, curve, new Draws(1_000_003L * curve.line() + i)))
            .toList();
    List<Localiser.Found> found = all.stream().flatMap(replay -> replay.found().stream()).toList();
    Optional<GivenCurve.Stretch> window = curve.window();
    return new Tally(
        curve.kind(),
        replays,
        found.size(),
        window.map(w -> count(found, f -> near(f, w, curve.length()))).orElse(0),
        window.map(w -> count(found, f -> meets(f, w))).orElse(0),
        all.stream().mapToDouble(Replay::rollouts).sum(),
        all.stream().mapToDouble(Replay::tokens).sum());
  }

  private static int count(List<Localiser.Found> found, Predicate<Localiser.Found> which) {
    return (int) found.stream().filter(which).count();
  }

  private static boolean near(Localiser.Found found, GivenCurve.Stretch window, int length) {
    return window.distance(found.place().mean()) <= .05 * length;
  }

  private static boolean meets(Localiser.Found found, GivenCurve.Stretch window) {
    Interval interval = found.place().interval();
    return interval.low() <= window.to() && window.from() <= interval.high();
  }

  private static Tally flat(Localiser localiser, int i) {
    Draws draws = new Draws(77_777_777L + i);
    GivenCurve curve =
        new GivenCurve(
            "flat",
            i,
            FLAT_LENGTH,
            new int[] {0},
            new double[] {draws.uniform()},
            new double[] {FLAT_LENGTH});
    Replay replay = Replay.of(localiser, curve, draws);
    return new Tally(
        GivenCurve.Kind.FLAT,
        1,
        replay.found().isPresent() ? 1 : 0,
        0,
        0,
        replay.rollouts(),
        replay.tokens());
  }

  private static Row row(String name, Group group, List<Tally> tallies) {
    Clusters found = new Clusters();
    Clusters near = new Clusters();
    Clusters held = new Clusters();
    Clusters rollouts = new Clusters();
    Clusters tokens = new Clusters();
    for (Tally tally : tallies) {
      found.add(tally.found, tally.searches);
      near.add(tally.near, tally.found);
      held.add(tally.held, tally.found);
      rollouts.add(tally.rollouts, tally.searches);
      tokens.add(tally.tokens, tally.searches);
    }
    boolean placed = group == Group.NARROW || group == Group.BROAD || group == Group.ALL;
    return new Row(
        name,
        group,
        tallies.size(),
        group == Group.SIMULATED ? wilson(tallies) : figure(found),
        placed ? figure(near) : Optional.empty(),
        placed ? figure(held) : Optional.empty(),
        figure(rollouts),
        group == Group.SIMULATED ? Optional.empty() : figure(tokens));
  }

  private static Optional<Figure> wilson(List<Tally> flats) {
    Proportion found =
        new Proportion(flats.stream().filter(flat -> flat.found > 0).count(), flats.size());
    return found.known()
        ? Optional.of(new Figure(found.estimate(), found.wilson(.95)))
        : Optional.empty();
  }

  private static Optional<Figure> figure(Clusters sums) {
    return sums.known() ? Optional.of(new Figure(sums.ratio(), sums.interval())) : Optional.empty();
  }
}
