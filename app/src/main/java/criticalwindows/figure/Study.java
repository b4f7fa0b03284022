package criticalwindows.figure;

import criticalwindows.cot.CotFinding;
import criticalwindows.cot.CotLevel;
import criticalwindows.cot.Depths;
import criticalwindows.cot.MeanShare;
import criticalwindows.outcome.Outcome;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.ProblemMean;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What a run's figures are made of: counts of each problem, without its texts.
///
/// @param label of the run
/// @param dataset its problems are of
/// @param depths of prefills, attacks and repeated words; absent for other runs
public record Study(String label, String dataset, List<Traced> problems, Optional<Depths> depths) {
  private static final int GRID = 10;

  public Study {
    problems = List.copyOf(problems);
  }

  /// A run that is not about how much was given.
  public Study(String label, String dataset, List<Traced> problems) {
    this(label, dataset, problems, Optional.empty());
  }

  /// One problem.
  ///
  /// @param readable whether the original's outcome is
  /// @param right whether it is right; absent where that is not known
  /// @param direct whether the direct answer is right
  /// @param window whether there is one by the published rule
  /// @param claimed whether the window model claims one; absent where it was not asked
  /// @param end what the curve is once the response has ended, which nobody samples: whether it is
  ///   1; absent where it has not
  /// @param followed the class whose share curves show; absent where it is the original's own
  public record Traced(
      String id,
      boolean readable,
      Optional<Boolean> right,
      Optional<Boolean> direct,
      boolean window,
      Optional<Boolean> claimed,
      Optional<Boolean> end,
      Optional<String> followed,
      List<Level> levels) {
    public Traced {
      levels = List.copyOf(levels);
    }

    /// The counts of a finding.
    ///
    /// @param claimed whether the window model claims a window; absent where it was not asked
    public static Traced of(CotFinding finding, Optional<Boolean> claimed) {
      return new Traced(
          finding.problem().id(),
          finding.readable(),
          finding.right(finding.outcome()),
          finding.direct().flatMap(finding::right),
          finding.window().isPresent(),
          claimed,
          finding.consistency().end().map(Curve.End::holds),
          finding.fixed().map(Outcome::show),
          finding.levels().stream().map(level -> Level.of(level, finding)).toList());
    }

    /// Whether it is known to be right.
    boolean isRight() {
      return right.orElse(false);
    }

    /// The share of continuations from the first cut that end like the original; known only of
    /// readable originals.
    Proportion start() {
      return readable && !levels.isEmpty() ? levels.getFirst().consistent() : Proportion.NONE;
    }

    /// The last cut at or before this fraction, the first one where there is none.
    Optional<Level> at(double fraction) {
      return levels.stream()
          .filter(level -> level.fraction() <= fraction + 1e-9)
          .reduce((one, other) -> other)
          .or(() -> levels.stream().findFirst());
    }
  }

  /// One cut.
  ///
  /// @param consistent of no trials where the original is unread
  /// @param earlySame whether the early answer has the original's answer; absent where either is
  ///   missing
  /// @param earlyRight whether the early answer is right
  public record Level(
      double fraction,
      Proportion consistent,
      Proportion right,
      Optional<Boolean> earlySame,
      Optional<Boolean> earlyRight) {
    /// Continuations at the cut.
    long trials() {
      return Math.max(consistent.trials(), right.trials());
    }

    private static Level of(CotLevel level, CotFinding finding) {
      Outcome original = finding.followed();
      return new Level(
          level.cut().fraction(),
          finding.readable() ? level.consistent() : Proportion.NONE,
          level.right(),
          level.early().filter(early -> finding.readable()).map(early -> early.same(original)),
          level.early().flatMap(finding::right));
    }
  }

  /// How the share that curves show is called.
  String share(String own) {
    return problems.stream()
        .flatMap(problem -> problem.followed().stream())
        .findFirst()
        .map(name -> "P(" + Sheet.brief(name, 24) + ")")
        .orElse(own);
  }

  /// The fractions that all problems were cut at; where they differ, tenths.
  List<Double> fractions() {
    List<List<Double>> all =
        problems.stream()
            .map(problem -> problem.levels().stream().map(Level::fraction).toList())
            .distinct()
            .toList();
    if (all.size() == 1) {
      return all.getFirst();
    }
    List<Double> tenths = new ArrayList<>();
    for (int i = 0; i < GRID; i++) {
      tenths.add(i / (double) GRID);
    }
    return tenths;
  }

  /// A mean over problems at each fraction, where anything was tried.
  List<Point> means(Function<Level, Proportion> share) {
    List<Point> points = new ArrayList<>();
    for (double fraction : fractions()) {
      List<Proportion> each =
          problems.stream()
              .flatMap(problem -> problem.at(fraction).stream())
              .map(share)
              .filter(Proportion::known)
              .toList();
      if (!each.isEmpty()) {
        points.add(Point.of(fraction, each));
      }
    }
    return points;
  }

  /// A share over problems.
  ///
  /// @param x a fraction, or the place of a bar
  /// @param counts of all trials
  /// @param over the mean over problems that were tried
  record Point(double x, Proportion counts, ProblemMean over) {
    static Point of(double x, List<Proportion> each) {
      return new Point(
          x, each.stream().reduce(Proportion.NONE, Proportion::plus), ProblemMean.of(each));
    }

    /// Of a count of problems.
    static Point of(double x, Proportion counts) {
      return new Point(x, counts, ProblemMean.of(counts));
    }

    Interval interval() {
      return over.interval(MeanShare.LEVEL);
    }

    Panel.Value value() {
      return new Panel.Value(x, over.estimate(), interval());
    }
  }

  static Proportion once(boolean succeeded) {
    return Proportion.NONE.plus(Proportion.Outcome.of(succeeded));
  }

  static Proportion once(Optional<Boolean> succeeded) {
    return succeeded.map(Study::once).orElse(Proportion.NONE);
  }
}
