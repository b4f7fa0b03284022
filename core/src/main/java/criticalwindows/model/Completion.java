package criticalwindows.model;

import java.time.Duration;
import java.util.List;

/// What came of one [Script].
///
/// @param samples one for each [Step.Sample] of the script, in order
/// @param scores one list for each [Step.Score] of the script, in order: what was found of each of
///   its texts, in their order
/// @param elapsed from the script's first computation to its last; scripts run side by side, so
///   these do not add up
public record Completion(List<Sampled> samples, List<List<Scored>> scores, Duration elapsed) {
  public Completion {
    samples = List.copyOf(samples);
    scores = scores.stream().map(List::copyOf).toList();
  }

  /// What came of a script that scores nothing.
  public Completion(List<Sampled> samples, Duration elapsed) {
    this(samples, List.of(), elapsed);
  }

  /// What the last sampling step wrote.
  public Sampled last() {
    return samples.getLast();
  }
}
