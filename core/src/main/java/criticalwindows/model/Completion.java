package criticalwindows.model;

import java.time.Duration;
import java.util.List;

/// What came of one [Script].
///
/// @param samples one for each [Step.Sample] of the script, in order
/// @param elapsed from the script's first computation to its last; scripts run side by side, so
///   these do not add up
public record Completion(List<Sampled> samples, Duration elapsed) {
  public Completion {
    samples = List.copyOf(samples);
  }

  /// What the last sampling step wrote.
  public Sampled last() {
    return samples.getLast();
  }
}
