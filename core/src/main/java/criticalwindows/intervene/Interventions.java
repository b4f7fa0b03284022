package criticalwindows.intervene;

import criticalwindows.cot.CotSettings;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Interventions at windows: so many continuations from before each, with a hint and without, and
/// as many tokens of whole fresh responses.
///
/// They go into a ledger of their own, sampled with another seed than the run's: a window that was
/// found with the samples that are scored would score well by chance alone.
///
/// *Source:* Li, Karan and Chen, arXiv 2502.00921, the interventions at windows.
///
/// @param places one a problem
/// @param votes continuations of each kind, at least 1
/// @param hint not blank
/// @param ledger with the run's problems
/// @param scorer reads what was drawn
public record Interventions(
    List<InterventionPlace> places, int votes, String hint, Ledger ledger, Scorer scorer) {
  /// Our own words for a hint.
  public static final String HINT = " Wait, let me check this step again.";

  public Interventions {
    places = List.copyOf(places);
    if (votes < 1 || hint.isBlank()) {
      throw new IllegalArgumentException(votes + " votes, the hint \"" + hint + "\"");
    }
  }

  /// The settings of interventions on a run with these: no draw is one of the run's.
  public static CotSettings settings(CotSettings run) {
    return run.seeded(~run.seed());
  }

  /// The problems of which everything is there, in the run's order.
  public List<InterventionFinding> findings() {
    return begun().entrySet().stream()
        .map(begun -> InterventionFinding.of(begun.getKey(), begun.getValue()).first(votes))
        .filter(finding -> finding.lacking(votes).isEmpty())
        .toList();
  }

  /// What there is of each place, complete or not, in the run's order: the whole ledger is read and
  /// every reply in it graded.
  private Map<InterventionPlace, Map<Key, DrawnAnswer>> begun() {
    Map<String, InterventionPlace> byProblem = new HashMap<>();
    places.forEach(place -> byProblem.put(place.problem().id(), place));
    Map<InterventionPlace, Map<Key, DrawnAnswer>> begun = new LinkedHashMap<>();
    ledger.forEach(
        (problem, samples) ->
            Optional.ofNullable(byProblem.get(problem.id()))
                .ifPresent(
                    place ->
                        begun.put(place, InterventionFinding.draws(problem, samples, scorer))));
    return begun;
  }
}
