package criticalwindows.intervene;

import criticalwindows.cot.CotFinding;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Tokens;
import criticalwindows.outcome.Outcome;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.stats.Curve;
import criticalwindows.window.WindowFinding;
import java.util.List;
import java.util.Optional;

/// Where a response is intervened on: just before its window. A run says so alone; nothing that is
/// scored later has a part in it.
///
/// @param response the original, without the stop token
/// @param original what it came to
/// @param gold the right answer; where none is known, nothing is right
/// @param kept tokens of it before the window, at least 0
/// @param rollouts continuations that it took to find the window
public record InterventionPlace(
    Problem problem,
    Tokens response,
    DrawnAnswer original,
    Optional<Outcome> gold,
    int kept,
    long rollouts) {
  public InterventionPlace {
    if (kept < 0 || kept > response.size()) {
      throw new IllegalArgumentException(kept + " tokens kept of " + response.size());
    }
  }

  /// The last cut with continuations that is not behind the window's start; the response's
  /// beginning where there is none.
  ///
  /// @param samples of the problem in the run, its original's among them
  public static InterventionPlace of(
      CotFinding finding, WindowFinding window, List<Sample> samples) {
    Problem problem = finding.problem();
    int kept =
        finding.consistency().points().stream()
            .mapToInt(Curve.Point::position)
            .filter(position -> position <= window.window().from().mean())
            .max()
            .orElse(0);
    Key key = Key.original(problem.id());
    List<Sample> original = samples.stream().filter(row -> row.key().equals(key)).toList();
    return new InterventionPlace(
        problem,
        original.getFirst().tokens(),
        DrawnAnswer.of(finding.outcome(), original),
        finding.gold(),
        kept,
        finding.rollouts());
  }
}
