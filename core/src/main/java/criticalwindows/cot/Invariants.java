package criticalwindows.cot;

import criticalwindows.noise.CutPlan;
import criticalwindows.stats.EqualMeans;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.stats.Ratio;
import criticalwindows.view.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What must hold of every chain-of-thought run, whatever the model: if continuations come from the
/// model that wrote the originals, the probability of an answer is a martingale along the response,
/// so the mean accuracy of continuations is the same at every cut and that of the originals, and
/// their mean consistency never falls. Each of the two checks warns on at most 1 % of the runs
/// where all is well.
///
/// It holds exactly where the place of a cut does not depend on what comes after it. A fraction of
/// the length does, a little: where long responses are mostly wrong ones, the warning is about
/// that.
///
/// The third, ΔAcc · f(1 − f) = ΔCW · r(1 − r) with f the share of windows and r that of right
/// answers, is algebra of a 2 × 2 table: where it fails, something was miscounted.
public final class Invariants {
  /// How often a check may warn where all is well.
  public static final double LEVEL = .01;

  private static final int FEWEST = 8;
  private static final double ROUNDING = 1e-9;
  private static final int PLACES = 5;
  private static final String CAUSE =
      ". Continuations do not seem to come from what wrote the originals: look for another prompt"
          + " or chat template, text that was tokenised again, other sampling parameters or a"
          + " second BOS; or else the lengths of responses go with their answers, to which cuts at"
          + " fractions are not blind";

  private Invariants() {}

  /// One problem.
  ///
  /// @param levels the same number for each problem, in order
  /// @param right whether the original is
  /// @param readable whether the original has an answer to be consistent with
  record Row(List<Level> levels, Proportion.Outcome right, Proportion.Outcome readable) {
    Row {
      levels = List.copyOf(levels);
    }

    /// One cut.
    record Level(Proportion consistent, Proportion right) {}
  }

  /// The warnings of a run: a line each, none where all is well.
  ///
  /// @param plan where a search chose the cuts, by what it had seen there, means over its cuts are
  ///   no martingale's, and the third check alone is made; so it is where somebody else chose cuts
  ///   or responses, and where curves follow a class that is not the responses' own
  public static List<String> violations(List<CotFinding> findings, CutPlan plan) {
    List<Integer> sizes = findings.stream().map(f -> f.levels().size()).distinct().toList();
    int places = sizes.size() == 1 ? sizes.getFirst() : PLACES;
    List<Row> rows =
        findings.stream()
            .filter(finding -> !finding.levels().isEmpty())
            .map(finding -> row(finding, places))
            .toList();
    List<String> warnings = new ArrayList<>();
    if (plan.blind() && findings.stream().allMatch(finding -> finding.fixed().isEmpty())) {
      flat(rows).ifPresent(warnings::add);
      rising(rows).ifPresent(warnings::add);
    }
    identity(WindowTable.of(findings), windows(findings)).ifPresent(warnings::add);
    return warnings;
  }

  /// So many of a problem's levels, evenly from the first to the last.
  private static Row row(CotFinding finding, int places) {
    int last = finding.levels().size() - 1;
    List<Row.Level> levels =
        IntStream.range(0, places)
            .map(i -> places == 1 ? 0 : (int) Math.round((double) i * last / (places - 1)))
            .mapToObj(finding.levels()::get)
            .map(level -> new Row.Level(level.consistent(), level.right()))
            .toList();
    return new Row(
        levels, Proportion.Outcome.of(finding.right()), Proportion.Outcome.of(finding.readable()));
  }

  /// Each later cut, and the originals themselves, against the first cut. What a problem comes to
  /// later is at most as spread as a coin with the probabilities of the first cut.
  static Optional<String> flat(List<Row> rows) {
    List<Row> whole = rows.stream().filter(row -> known(row, Row.Level::right)).toList();
    if (whole.size() < FEWEST) {
      return Optional.empty();
    }
    int n = whole.size();
    int levels = whole.getFirst().levels().size();
    long trials =
        whole.stream().mapToLong(row -> row.levels().getFirst().right().trials()).min().orElse(1);
    double first = mean(whole, 0);
    double[] later = new double[levels];
    for (int level = 1; level < levels; level++) {
      later[level - 1] = mean(whole, level);
    }
    later[levels - 1] =
        (double) whole.stream().filter(row -> row.right() == Proportion.Outcome.SUCCESS).count()
            / n;
    int worst = 0;
    for (int i = 1; i < levels; i++) {
      worst = Math.abs(later[i] - first) > Math.abs(later[worst] - first) ? i : worst;
    }
    double p = levels * EqualMeans.pValue(first, n * trials, later[worst], n);
    String place = worst == levels - 1 ? "in the originals" : "at cut " + (worst + 2);
    return p > LEVEL
        ? Optional.empty()
        : Optional.of(
            "mean accuracy should be flat but is "
                + Numbers.fine(first)
                + " at the first cut and "
                + Numbers.fine(later[worst])
                + " "
                + place
                + CAUSE);
  }

  private static double mean(List<Row> rows, int level) {
    return rows.stream()
        .mapToDouble(row -> row.levels().get(level).right().estimate())
        .average()
        .orElse(0);
  }

  private static boolean known(Row row, java.util.function.Function<Row.Level, Proportion> share) {
    return row.levels().stream().allMatch(level -> share.apply(level).known());
  }

  /// Each cut against the one before, by a one-sided t test over problems.
  static Optional<String> rising(List<Row> rows) {
    List<Row> whole =
        rows.stream()
            .filter(row -> row.readable() == Proportion.Outcome.SUCCESS)
            .filter(row -> known(row, Row.Level::consistent))
            .toList();
    if (whole.size() < FEWEST) {
      return Optional.empty();
    }
    int pairs = whole.getFirst().levels().size() - 1;
    for (int i = 1; i <= pairs; i++) {
      int at = i;
      Ratio fall =
          Ratio.mean(
              whole.stream().map(row -> consistent(row, at - 1) - consistent(row, at)).toList());
      // Where all problems fall alike, linearisation knows no error, and the fall is certain.
      if (fall.interval(1 - 2 * LEVEL / pairs, Interval.DIFFERENCE).low() > ROUNDING) {
        double before =
            whole.stream().mapToDouble(row -> consistent(row, at - 1)).average().orElse(0);
        return Optional.of(
            "mean consistency should not fall but does, from "
                + Numbers.fine(before)
                + " to "
                + Numbers.fine(before - fall.estimate())
                + " at cut "
                + (at + 1)
                + CAUSE);
      }
    }
    return Optional.empty();
  }

  private static double consistent(Row row, int level) {
    return row.levels().get(level).consistent().estimate();
  }

  private static Proportion windows(List<CotFinding> findings) {
    return findings.stream()
        .filter(CotFinding::readable)
        .map(finding -> Proportion.Outcome.of(finding.window().isPresent()))
        .reduce(Proportion.NONE, Proportion::plus, Proportion::plus);
  }

  /// The covariance identity.
  ///
  /// @param windows among problems with a readable original, counted apart from the table
  static Optional<String> identity(WindowTable table, Proportion windows) {
    if (!table.known()) {
      return Optional.empty();
    }
    double f = windows.estimate();
    double r = table.all().estimate();
    double left = table.accuracyDifference() * f * (1 - f);
    double right = table.windowDifference() * r * (1 - r);
    return Math.abs(left - right) < 1e-9
        ? Optional.empty()
        : Optional.of(
            "windows and right answers are miscounted: "
                + left
                + " is not "
                + right
                + " (the covariance identity). This is a fault of ours; please tell us");
  }
}
