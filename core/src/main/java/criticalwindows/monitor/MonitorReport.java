package criticalwindows.monitor;

import criticalwindows.monitor.Watched.When;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Normal;
import criticalwindows.stats.Proportion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// What a monitor made of responses that should raise an alarm.
///
/// @param when how many came when
/// @param lead tokens between alarm and decision, over those with an alarm
/// @param leadOfPassing the same until the outcome was likelier than not
public record MonitorReport(
    Map<When, Proportion> when, Optional<Lead> lead, Optional<Lead> leadOfPassing) {
  private static final double LEVEL = .95;

  /// Lead times.
  ///
  /// @param median in tokens, positive where the alarm came first
  /// @param interval 95 % of the median, by order statistics
  /// @param responses so many
  public record Lead(double median, Interval interval, int responses) {}

  /// Of responses that were read.
  public static MonitorReport of(List<Watched> responses) {
    Map<When, Proportion> when = new EnumMap<>(When.class);
    for (When each : When.values()) {
      long count = responses.stream().filter(response -> response.when() == each).count();
      when.put(each, new Proportion(count, responses.size()));
    }
    return new MonitorReport(
        when, lead(responses, Watched::lead), lead(responses, Watched::leadOfPassing));
  }

  private static Optional<Lead> lead(List<Watched> responses, Function<Watched, OptionalInt> read) {
    double[] leads =
        responses.stream()
            .map(read)
            .filter(OptionalInt::isPresent)
            .mapToDouble(OptionalInt::getAsInt)
            .sorted()
            .toArray();
    if (leads.length == 0) {
      return Optional.empty();
    }
    int n = leads.length;
    double median = (leads[(n - 1) / 2] + leads[n / 2]) / 2;
    return Optional.of(new Lead(median, around(leads), n));
  }

  /// From the largest order statistics whose ranks leave at most 2.5 % on either side, by the
  /// normal approximation of the binomial with continuity.
  private static Interval around(double[] sorted) {
    int n = sorted.length;
    double half = Normal.quantile((1 + LEVEL) / 2) * StrictMath.sqrt(n) / 2 + .5;
    int low = Math.clamp((long) StrictMath.floor(n / 2.0 - half), 0, n - 1);
    int high = Math.clamp((long) StrictMath.ceil(n / 2.0 + half) - 1, 0, n - 1);
    return new Interval(sorted[Math.min(low, high)], sorted[high]);
  }
}
