package criticalwindows.monitor;

import criticalwindows.monitor.Watched.When;
import criticalwindows.stats.Interval;
import criticalwindows.stats.MedianEstimate;
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
    return MedianEstimate.of(
            responses.stream()
                .map(read)
                .filter(OptionalInt::isPresent)
                .mapToDouble(OptionalInt::getAsInt)
                .toArray())
        .map(median -> new Lead(median.value(), median.interval(), median.count()));
  }
}
