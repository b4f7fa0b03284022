package criticalwindows.intervene;

import criticalwindows.cot.CotScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Protocol;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Interventions in rounds: how many whole responses cost as much as the continuations is known
/// once those are there.
public final class InterventionProtocol implements Protocol {
  private final Interventions wanted;
  private final CotScripts scripts;
  private final Tokens hint;
  private final Map<String, InterventionPlace> places = new HashMap<>();

  /// @param scripts by [Interventions#settings]
  /// @throws UserError if nothing is left for a response after the hint
  public InterventionProtocol(Interventions wanted, CotScripts scripts) {
    this.wanted = wanted;
    this.scripts = scripts;
    this.hint = scripts.model().vocabulary().encode(wanted.hint());
    wanted.places().forEach(this::requireFits);
    wanted.places().forEach(place -> places.put(place.problem().id(), place));
  }

  private void requireFits(InterventionPlace place) {
    int left = scripts.settings().maxTokens() - place.kept() - 1;
    if (hint.size() > left) {
      throw new UserError(
          "the hint has "
              + hint.size()
              + " tokens, and problem "
              + place.problem().id()
              + " leaves "
              + left
              + " from its window on",
          "give a shorter hint");
    }
  }

  @Override
  public Model model() {
    return scripts.model();
  }

  @Override
  public int mostTokens(Problem problem) {
    return places.containsKey(problem.id()) ? scripts.mostTokens(problem) : 1;
  }

  @Override
  public int mostScripts() {
    return Integer.MAX_VALUE;
  }

  @Override
  public int aboutScripts() {
    return 3 * wanted.votes();
  }

  @Override
  public int atOnce() {
    return 2 * wanted.votes();
  }

  @Override
  public Course begin(Problem problem) {
    return new Rounds(Optional.ofNullable(places.get(problem.id())));
  }

  /// A round asks for all that the whole of the rounds before it leaves wanting.
  private final class Rounds implements Course {
    private final Optional<InterventionPlace> at;
    private final Map<Key, DrawnAnswer> draws = new HashMap<>();
    private final Set<Key> missing = new HashSet<>();

    Rounds(Optional<InterventionPlace> at) {
      this.at = at;
    }

    @Override
    public List<Task> next() {
      if (!missing.isEmpty()) {
        return List.of();
      }
      List<Task> tasks = at.map(this::lacking).orElse(List.of());
      tasks.forEach(task -> missing.add(task.key()));
      return tasks;
    }

    private List<Task> lacking(InterventionPlace place) {
      int votes = wanted.votes();
      return InterventionFinding.of(place, draws).first(votes).lacking(votes).stream()
          .map(key -> task(key, place))
          .toList();
    }

    private Task task(Key key, InterventionPlace place) {
      Tokens before = place.response().prefix(key.kept());
      Tokens begun = key.is(Arm.HINTED) ? before.plus(hint) : before;
      return scripts.begun(key, place.problem(), begun);
    }

    @Override
    public void ended(Key key, List<Sample> rows) {
      InterventionPlace place = at.orElseThrow();
      draws.put(key, DrawnAnswer.of(place.problem(), rows, wanted.scorer()));
      missing.remove(key);
    }
  }
}
