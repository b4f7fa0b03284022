package criticalwindows.probestudy;

import criticalwindows.probestudy.KeptForecasts.Difference;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Ratio;
import criticalwindows.view.Numbers;
import java.util.Comparator;
import java.util.List;

/// What comparisons of a probe with its baselines say, in sentences that code chooses.
final class ProbesFinding {
  private static final Interval ANY =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private ProbesFinding() {}

  /// Whether a probe beats every baseline; where it does not, that first.
  ///
  /// @param what is foretold
  /// @param differences at least one
  static String of(String what, List<Difference> differences) {
    Difference nearest =
        differences.stream()
            .max(Comparator.comparingDouble(each -> each.value().estimate()))
            .orElseThrow();
    String closest =
        shown(nearest.value())
            + " of squared error against `"
            + nearest.other()
            + "`, over "
            + nearest.value().clusters()
            + " texts that were held out";
    if (differences.stream().allMatch(Difference::better)) {
      return "Of "
          + what
          + " a linear probe of activations knows more than every cheap baseline: its forecasts"
          + " are nearer to the exact probabilities, the smallest difference being "
          + closest
          + ".";
    }
    return "Of "
        + what
        + " a linear probe of activations does not know more than every cheap baseline: the"
        + " smallest difference is "
        + closest
        + " (below 0 the probe is better). "
        + sorted(differences);
  }

  private static String sorted(List<Difference> differences) {
    return (said("Worse than ", differences.stream().filter(Difference::worse).toList())
            + said(
                "Not told apart from ",
                differences.stream().filter(each -> !each.worse() && !each.better()).toList())
            + said("Better than ", differences.stream().filter(Difference::better).toList()))
        .strip();
  }

  private static String said(String how, List<Difference> some) {
    return some.isEmpty()
        ? ""
        : how + String.join(", ", some.stream().map(it -> "`" + it.other() + "`").toList()) + ". ";
  }

  /// With its 95 % interval.
  static String shown(Ratio ratio) {
    Interval interval = ratio.interval(.95, ANY);
    String value = Numbers.of(ratio.estimate(), 4);
    return Double.isFinite(interval.width()) ? value + " " + Numbers.interval(interval, 4) : value;
  }
}
