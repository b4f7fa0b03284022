package criticalwindows.cot;

import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import criticalwindows.theory.Bounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The theory on a chain-of-thought study, on average over its problems, each counting the same.
/// The class of a problem is the answer of its original: a response drawn from that class, so that
/// its self-consistency is an unbiased reading of the class's c̄, and their mean over problems of
/// the mean c̄.
///
/// π of each class is the share of continuations with nothing kept that come to it. It is never
/// read off a later cut, where c̄ itself stands. What rests on π takes its whole interval, so few
/// continuations make wide bounds and no wrong ones.
///
/// @param epsilon in (0, 1)
/// @param problems with a readable original and samples at every cut
/// @param classes absent where some problem has no continuations with nothing kept
/// @param levels one for each cut, in order; empty where problems were cut at places of their own
public record StudyTheory(
    double epsilon, int problems, Optional<Classes> classes, List<Level> levels) {
  private static final double CONFIDENCE = .95;

  /// A class with a smaller π is taken for one that may be as far as can be from everything.
  private static final double RARE = .05;

  /// Where min(1, W) may be smaller, 1 − c̄ says nothing of how far class and rest are apart.
  private static final double LIGHT = .1;

  public StudyTheory {
    levels = List.copyOf(levels);
  }

  /// What holds of the classes whatever is kept. A bound above 1 counts as 1, which every distance
  /// keeps.
  ///
  /// @param share π
  /// @param published Theorem 2's bound on 1 − c̄ from T_start on
  /// @param sharper max(1, W) ε², as the class is its own start
  /// @param vacuous problems for which the better bound may be 1
  public record Classes(ProblemMean share, Interval published, Interval sharper, long vacuous) {}

  /// One cut.
  ///
  /// @param consistency c̄; the distance of Theorem 2 from the class to itself is 1 − c̄
  /// @param distances absent where π is not known
  public record Level(double fraction, ProblemMean consistency, Optional<Distances> distances) {
    /// The interval of c̄.
    public Interval interval() {
      return consistency.interval(CONFIDENCE);
    }
  }

  /// How far laws of what is kept are from each other, mean over problems.
  ///
  /// @param apart total variation between the class and the rest, from its least to its most
  /// @param alike total variation between the class and everything, at most this
  public record Distances(Interval apart, double alike) {
    /// Whether the classes are apart, as T_start asks.
    ///
    /// @return absent where samples cannot tell
    public Optional<Boolean> separated(double epsilon) {
      double enough = new Bounds(epsilon, 0).apart();
      if (apart.low() >= enough) {
        return Optional.of(true);
      }
      return apart.high() < enough ? Optional.of(false) : Optional.empty();
    }
  }

  /// One problem.
  ///
  /// @param cuts its continuations that come to the class, by cut
  record Row(List<Cut> cuts) {
    Row {
      cuts = List.copyOf(cuts);
    }

    /// One cut; with nothing kept in every problem whose response is too short for its fraction.
    record Cut(double fraction, int kept, Proportion consistent) {}

    private static Row of(CotFinding finding) {
      return new Row(
          finding.levels().stream()
              .map(level -> new Cut(level.cut().fraction(), level.cut().kept(), level.consistent()))
              .toList());
    }

    private boolean complete() {
      return !cuts.isEmpty() && cuts.stream().allMatch(cut -> cut.consistent.known());
    }

    private List<Double> fractions() {
      return cuts.stream().map(Cut::fraction).toList();
    }

    private Proportion unkept() {
      return cuts.stream()
          .filter(cut -> cut.kept == 0)
          .map(Cut::consistent)
          .findFirst()
          .orElse(Proportion.NONE);
    }

    private double consistency(int at) {
      return cuts.get(at).consistent.estimate();
    }

    private boolean begins(int at) {
      return cuts.get(at).kept == 0;
    }

    private Interval share() {
      return unkept().wilson(CONFIDENCE);
    }

    private double leastWeight() {
      return weight(share().high());
    }

    private double mostWeight() {
      return weight(share().low());
    }

    private static double weight(double share) {
      return share > 0 ? (1 - share) / share : Double.POSITIVE_INFINITY;
    }
  }

  /// The theory of a study.
  public static StudyTheory of(List<CotFinding> findings, double epsilon) {
    List<Row> rows = findings.stream().filter(CotFinding::readable).map(Row::of).toList();
    return ofRows(rows.stream().filter(Row::complete).toList(), epsilon);
  }

  static StudyTheory ofRows(List<Row> rows, double epsilon) {
    boolean shared = rows.stream().map(Row::fractions).distinct().count() == 1;
    if (!shared) {
      return new StudyTheory(epsilon, rows.size(), Optional.empty(), List.of());
    }
    boolean known = rows.stream().allMatch(row -> row.unkept().known());
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < rows.getFirst().cuts.size(); i++) {
      int at = i;
      levels.add(
          new Level(
              rows.getFirst().cuts.get(at).fraction,
              mean(rows, row -> row.consistency(at)),
              known ? Optional.of(distances(rows, at)) : Optional.empty()));
    }
    return new StudyTheory(
        epsilon,
        rows.size(),
        known ? Optional.of(classes(rows, epsilon)) : Optional.empty(),
        levels);
  }

  private static Classes classes(List<Row> rows, double epsilon) {
    ToDoubleFunction<Double> published = weight -> new Bounds(epsilon, weight).published();
    ToDoubleFunction<Double> sharper = weight -> new Bounds(epsilon, weight).sharper() - epsilon;
    long vacuous =
        rows.stream()
            .mapToDouble(Row::mostWeight)
            .filter(w -> Math.min(published.applyAsDouble(w), sharper.applyAsDouble(w)) >= 1)
            .count();
    return new Classes(
        mean(rows, row -> row.unkept().estimate()),
        bound(rows, published),
        bound(rows, sharper),
        vacuous);
  }

  private static Interval bound(List<Row> rows, ToDoubleFunction<Double> of) {
    return new Interval(
        low(rows, row -> Math.min(1, of.applyAsDouble(row.leastWeight()))),
        high(rows, row -> Math.min(1, of.applyAsDouble(row.mostWeight()))));
  }

  private static Distances distances(List<Row> rows, int at) {
    if (rows.stream().allMatch(row -> row.begins(at))) {
      return new Distances(new Interval(0, 0), 0);
    }
    double high = 1 - low(rows, row -> near(row, at));
    double most = rows.stream().mapToDouble(StudyTheory::factor).max().orElse(1);
    double low = Math.max(0, 1 - most * high(rows, row -> atMostNear(row, at) / most));
    return new Distances(new Interval(Math.min(low, high), high), alike(rows, at));
  }

  /// At most 1 − TV between class and rest: 1 − c̄ ≤ max(1, W) (1 − TV).
  private static double near(Row row, int at) {
    return row.begins(at) ? 1 : (1 - row.consistency(at)) / Math.max(1, row.mostWeight());
  }

  /// At least 1 − TV: ½ min(1, W) (1 − TV) ≤ 1 − c̄. It is not cut off at 1, which would pull the
  /// mean of responses below that of their class.
  private static double atMostNear(Row row, int at) {
    boolean says = !row.begins(at) && row.leastWeight() >= LIGHT;
    return says ? factor(row) * (1 - row.consistency(at)) : 1;
  }

  private static double factor(Row row) {
    double weight = Math.min(1, row.leastWeight());
    return weight >= LIGHT ? 2 / weight : 1;
  }

  /// The lesser of two bounds. TV to everything is 1 − π of the TV to the rest. And TV ≤ ½ √χ² with
  /// π χ² = c̄ − π, so by Cauchy and Schwarz its mean is at most ½ √(mean(c̄ − π) · mean(1 ÷ π))
  /// over classes that are not rare; the differences have no bias.
  private static double alike(List<Row> rows, int at) {
    double byRest = high(rows, row -> (1 - share(row, at)) * (1 - near(row, at)));
    double grown = 2 * high(rows, row -> (1 + (row.begins(at) ? 0 : grown(row, at))) / 2) - 1;
    double rare =
        rows.stream().filter(row -> !row.begins(at) && row.share().low() < RARE).count()
            / (double) rows.size();
    double inverse =
        rows.stream().mapToDouble(row -> 1 / Math.max(RARE, row.share().low())).average().orElse(1);
    double byGrowth = rare + StrictMath.sqrt(Math.max(0, grown) * inverse) / 2;
    return Math.min(1, Math.min(byRest, byGrowth));
  }

  private static double share(Row row, int at) {
    return row.begins(at) ? 1 : row.share().low();
  }

  private static double grown(Row row, int at) {
    return row.consistency(at) - row.unkept().estimate();
  }

  private static ProblemMean mean(List<Row> rows, ToDoubleFunction<Row> of) {
    return ProblemMean.ofValues(rows.stream().map(of::applyAsDouble).toList());
  }

  private static double low(List<Row> rows, ToDoubleFunction<Row> of) {
    return mean(rows, of).interval(CONFIDENCE).low();
  }

  private static double high(List<Row> rows, ToDoubleFunction<Row> of) {
    return mean(rows, of).interval(CONFIDENCE).high();
  }
}
