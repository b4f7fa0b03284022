package criticalwindows.bench;

import criticalwindows.localise.Credible;
import criticalwindows.localise.Localiser;
import criticalwindows.localise.Verdict;
import criticalwindows.stats.FalseDiscovery;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Searches replayed on given curves and on simulated flat ones.
final class Replays {
  private static final int FLAT_LENGTH = 500;

  /// What is a rise at all.
  private static final double RISE = .3;

  private static final int SPOTS = 500;

  /// A flat curve that rises by less hardly moves.
  private static final double LITTLE = .1;

  private Replays() {}

  /// A localiser under its name.
  record Named(String name, Localiser localiser) {}

  /// Which curves a row is about.
  enum Group {
    NARROW("narrow windows"),
    ALL("all windows"),
    BROAD("broad windows"),
    SLIGHT("slight rises"),
    FLAT("flat curves"),
    STILL("of these, smoothed, rise < 0.1"),
    STIRRING("rise of 0.1 or more"),
    EVERY("all curves"),
    SIMULATED("simulated flat"),
    SIMULATED_ENDED("the same above 0.8, ended");

    private final String words;

    Group(String words) {
      this.words = words;
    }

    /// In words.
    String words() {
      return words;
    }

    private Set<GivenCurve.Kind> kinds() {
      return switch (this) {
        case NARROW -> Set.of(GivenCurve.Kind.NARROW);
        case BROAD -> Set.of(GivenCurve.Kind.BROAD);
        case ALL -> Set.of(GivenCurve.Kind.NARROW, GivenCurve.Kind.BROAD);
        case SLIGHT -> Set.of(GivenCurve.Kind.SLIGHT);
        case FLAT, STILL, STIRRING -> Set.of(GivenCurve.Kind.FLAT);
        case EVERY -> Set.of(GivenCurve.Kind.values());
        case SIMULATED, SIMULATED_ENDED -> Set.of();
      };
    }

    private boolean holds(Tally tally) {
      return kinds().contains(tally.kind())
          && switch (this) {
            case STILL -> tally.rise() < LITTLE;
            case STIRRING -> tally.rise() >= LITTLE;
            case NARROW, ALL, BROAD, SLIGHT, FLAT, EVERY, SIMULATED, SIMULATED_ENDED -> true;
          };
    }

    private boolean simulated() {
      return this == SIMULATED || this == SIMULATED_ENDED;
    }

    /// Whether each of its curves has a window, so that there is a place to be right about.
    boolean placed() {
      return this == NARROW || this == BROAD || this == ALL;
    }
  }

  /// What is measured. By chance means: had as many places been drawn evenly from the response.
  enum Measure {
    /// Share of searches that claim a window.
    FOUND("found or claimed", 3),
    /// Share of all flat curves of a kind that are claimed by a false discovery rate over these
    /// alone.
    STUDY("as one study", 3),
    /// Share of claims whose first place is within 5 % of the window.
    NEAR("within 5 % of place", 3),
    /// Share of claims with an interval that meets the window.
    HELD("an interval meets it", 3),
    /// Mean over searches.
    ROLLOUTS("rollouts", 1),
    /// Mean over searches.
    TOKENS("tokens", 0),
    /// Places named, mean over claims.
    PLACES("places", 2),
    /// Share of claims with a place within 5 % of the window.
    ONE("one is within 5 %", 3),
    /// The probability that one is, as the claims state it, mean over claims.
    STATED("stated", 3),
    /// The same by chance.
    CHANCE("by chance", 3),
    /// Share of places named with a rise of .3 within 5 % of them.
    RISE("rise 0.3 there", 3),
    /// The same by chance.
    RISE_CHANCE("by chance", 3);

    private final String words;
    private final int decimals;

    Measure(String words, int decimals) {
      this.words = words;
      this.decimals = decimals;
    }

    /// In words.
    String words() {
      return words;
    }

    /// How many to print.
    int decimals() {
      return decimals;
    }

    /// Whether it is about a window that is there.
    private boolean placed() {
      return this != FOUND && this != STUDY && this != ROLLOUTS && this != TOKENS;
    }
  }

  /// A share or a mean with its 95 % interval over curves.
  record Figure(double value, Interval interval) {}

  /// What a localiser did on one group of curves.
  ///
  /// @param figures what has no meaning there is absent
  record Row(String localiser, Group group, int curves, Map<Measure, Figure> figures) {
    Row {
      figures = Map.copyOf(figures);
    }

    /// One of its figures.
    Optional<Figure> figure(Measure measure) {
      return Optional.ofNullable(figures.get(measure));
    }
  }

  /// What a localiser did.
  ///
  /// @param misses on narrow curves
  record Report(List<Row> rows, List<Miss> misses) {
    Report {
      rows = List.copyOf(rows);
      misses = List.copyOf(misses);
    }
  }

  /// Every group of one localiser.
  ///
  /// @param replays of each curve
  /// @param flats how many simulated flat curves, at levels drawn evenly from [0, 1]
  static Report of(Named named, List<GivenCurve> curves, int replays, int flats) {
    List<Tally> tallies = new ArrayList<>();
    List<Miss> misses = new ArrayList<>();
    for (GivenCurve curve : curves) {
      List<ReplayedSearch> all = replays(named.localiser(), curve, replays);
      tallies.add(tally(curve, all));
      Miss.of(curve, all).ifPresent(misses::add);
    }
    return new Report(rows(named, tallies, flats), misses);
  }

  private static List<Row> rows(Named named, List<Tally> tallies, int flats) {
    return Arrays.stream(Group.values())
        .map(
            group ->
                row(
                    named.name(),
                    group,
                    group.simulated()
                        ? flat(named.localiser(), group, flats)
                        : tallies.stream().filter(group::holds).toList()))
        .toList();
  }

  /// The sums over the searches on one curve.
  ///
  /// @param rise of the curve, smoothed
  private record Tally(GivenCurve.Kind kind, double rise, Map<Measure, Sum> sums) {
    Sum sum(Measure measure) {
      return sums.getOrDefault(measure, Sum.NONE);
    }
  }

  private record Sum(double above, double below) {
    static final Sum NONE = new Sum(0, 0);

    Sum plus(Sum other) {
      return new Sum(above + other.above, below + other.below);
    }
  }

  private static List<ReplayedSearch> replays(Localiser localiser, GivenCurve curve, int replays) {
    return IntStream.range(0, replays)
        .mapToObj(
            i -> ReplayedSearch.of(localiser, curve, new Draws(1_000_003L * curve.line() + i)))
        .toList();
  }

  private static Tally tally(GivenCurve curve, List<ReplayedSearch> replays) {
    Tally tally = new Tally(curve.kind(), curve.smoothRise(), new EnumMap<>(Measure.class));
    double anywhere = rises(curve);
    for (ReplayedSearch replay : replays) {
      add(tally, Measure.FOUND, replay.found().isPresent() ? 1 : 0);
      add(tally, Measure.ROLLOUTS, (double) replay.rollouts());
      add(tally, Measure.TOKENS, replay.tokens());
      if (replay.found().isPresent() && curve.window().isPresent()) {
        claim(tally, replay.found().get(), curve, curve.window().get());
        double places = replay.found().get().places().size();
        tally.sums().merge(Measure.RISE_CHANCE, new Sum(places * anywhere, places), Sum::plus);
      }
    }
    return tally;
  }

  private static void add(Tally tally, Measure measure, double value) {
    tally.sums().merge(measure, new Sum(value, 1), Sum::plus);
  }

  private static void claim(
      Tally tally, Localiser.Found found, GivenCurve curve, GivenCurve.Stretch window) {
    double near = curve.near();
    List<Credible> places = found.places();
    add(tally, Measure.NEAR, window.distance(found.place().mean()) <= near ? 1 : 0);
    add(tally, Measure.HELD, places.stream().anyMatch(place -> meets(place, window)) ? 1 : 0);
    boolean one = places.stream().anyMatch(place -> window.distance(place.mean()) <= near);
    add(tally, Measure.PLACES, places.size());
    add(tally, Measure.ONE, one ? 1 : 0);
    add(tally, Measure.STATED, found.stated());
    double low = StrictMath.max(0, window.from() - near);
    double high = StrictMath.min(curve.length(), window.to() + near);
    double missed = 1 - (high - low) / curve.length();
    add(tally, Measure.CHANCE, 1 - StrictMath.pow(missed, places.size()));
    places.forEach(place -> add(tally, Measure.RISE, rises(curve, place.mean()) ? 1 : 0));
  }

  private static boolean meets(Credible place, GivenCurve.Stretch window) {
    Interval interval = place.interval();
    return interval.low() <= window.to() && window.from() <= interval.high();
  }

  private static boolean rises(GivenCurve curve, double at) {
    double near = curve.near();
    return curve.rise(at - near, at + near) >= RISE - 1e-9;
  }

  /// The share of all places with a rise near to them.
  private static double rises(GivenCurve curve) {
    return IntStream.range(0, SPOTS)
            .filter(i -> rises(curve, (i + .5) * curve.length() / SPOTS))
            .count()
        / (double) SPOTS;
  }

  /// Searches on flat curves; those that are claimed at a false discovery rate over all of them.
  private static List<Tally> flat(Localiser localiser, Group group, int flats) {
    List<Tally> tallies = new ArrayList<>();
    List<Double> none = new ArrayList<>();
    for (int i = 0; i < flats; i++) {
      Draws draws = new Draws(77_777_777L + i);
      GivenCurve curve = flat(i, group, draws);
      ReplayedSearch replay = ReplayedSearch.of(localiser, curve, draws);
      tallies.add(tally(curve, List.of(replay)));
      localiser.noWindow(replay.seen(), curve.length()).ifPresent(none::add);
    }
    List<Double> q = FalseDiscovery.bayesian(none);
    for (int i = 0; i < q.size(); i++) {
      add(tallies.get(i), Measure.STUDY, q.get(i) <= Verdict.CLAIM ? 1 : 0);
    }
    return tallies;
  }

  private static GivenCurve flat(int i, Group group, Draws draws) {
    boolean ended = group == Group.SIMULATED_ENDED;
    double level = ended ? 1 - .2 * draws.uniform() : draws.uniform();
    GivenCurve curve =
        new GivenCurve(
            "flat",
            i,
            FLAT_LENGTH,
            new int[] {0},
            new double[] {level},
            new double[] {FLAT_LENGTH});
    return ended ? curve.ended() : curve;
  }

  private static Row row(String name, Group group, List<Tally> tallies) {
    Map<Measure, Figure> figures = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      boolean meant =
          group.simulated()
              ? measure == Measure.FOUND || measure == Measure.STUDY || measure == Measure.ROLLOUTS
              : group.placed() || !measure.placed();
      if (meant) {
        figure(measure, group, tallies).ifPresent(figure -> figures.put(measure, figure));
      }
    }
    return new Row(name, group, tallies.size(), figures);
  }

  private static Optional<Figure> figure(Measure measure, Group group, List<Tally> tallies) {
    List<Sum> sums = tallies.stream().map(tally -> tally.sum(measure)).toList();
    if (sums.stream().allMatch(sum -> sum.below() == 0)) {
      return Optional.empty();
    }
    if (group.simulated() && measure != Measure.ROLLOUTS) {
      Proportion found =
          new Proportion(sums.stream().filter(sum -> sum.above() > 0).count(), sums.size());
      return Optional.of(new Figure(found.estimate(), found.wilson(.95)));
    }
    Clusters clusters = new Clusters();
    sums.forEach(sum -> clusters.add(sum.above(), sum.below()));
    return Optional.of(new Figure(clusters.ratio(), clusters.interval()));
  }
}
