package criticalwindows.exact;

import criticalwindows.stats.Binomial;
import criticalwindows.stats.Proportion;

/// A cut at which both are known: the measured share and the exact probability.
///
/// @param kept tokens kept
/// @param measured continuations that came out as the original, of at least one that ended
/// @param exact the probability of that, in [0, 1]
public record Cell(int kept, Proportion measured, double exact) {
  /// |measured − exact|.
  public double apart() {
    return Math.abs(measured.estimate() - exact);
  }

  /// What as many continuations of an exact model would give.
  public Binomial noise() {
    return new Binomial(Math.toIntExact(measured.trials()), exact);
  }
}
