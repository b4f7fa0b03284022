package criticalwindows.cot;

import criticalwindows.stats.Proportion;
import java.util.List;

/// Windows against right answers: problems with a readable original, counted four ways. The window
/// is that of the published rule.
///
/// @param rightWith right originals among those with a window
/// @param rightWithout right originals among those without
public record WindowTable(Proportion rightWith, Proportion rightWithout) {
  /// The table of these problems.
  public static WindowTable of(List<CotFinding> findings) {
    Proportion with = Proportion.NONE;
    Proportion without = Proportion.NONE;
    for (CotFinding finding : findings) {
      Proportion.Outcome right = Proportion.Outcome.of(finding.right());
      if (finding.readable() && finding.window().isPresent()) {
        with = with.plus(right);
      } else if (finding.readable()) {
        without = without.plus(right);
      }
    }
    return new WindowTable(with, without);
  }

  /// Whether all four differences exist: there are problems with and without a window, right and
  /// wrong.
  public boolean known() {
    Proportion all = all();
    return rightWith.known()
        && rightWithout.known()
        && all.successes() > 0
        && all.successes() < all.trials();
  }

  /// Right among all.
  public Proportion all() {
    return rightWith.plus(rightWithout);
  }

  /// Windows among all.
  public Proportion windows() {
    return new Proportion(rightWith.trials(), all().trials());
  }

  /// ΔAcc: the accuracy without a window, less that with one.
  ///
  /// @throws IllegalStateException unless [#known]
  public double accuracyDifference() {
    return rightWithout.estimate() - rightWith.estimate();
  }

  /// ΔCW: the share of windows among wrong answers, less that among right ones.
  ///
  /// @throws IllegalStateException unless [#known]
  public double windowDifference() {
    return windowsWhereWrong().estimate() - windowsWhereRight().estimate();
  }

  /// Windows among those whose original is wrong.
  public Proportion windowsWhereWrong() {
    return new Proportion(
        rightWith.trials() - rightWith.successes(), all().trials() - all().successes());
  }

  /// Windows among those whose original is right.
  public Proportion windowsWhereRight() {
    return new Proportion(rightWith.successes(), all().successes());
  }
}
