package criticalwindows.intervene;

import criticalwindows.cot.ChainOfThought;
import criticalwindows.cot.CotScripts;
import criticalwindows.error.UserError;
import criticalwindows.intervene.InterventionFinding.Draw;
import criticalwindows.model.Completion;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.KeySet;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Need;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Task;
import criticalwindows.rollout.Waves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Samples interventions, in rounds: how many whole responses cost as much as the continuations is
/// known once those are there. The ledger is read and graded once, at the beginning; what comes
/// after is graded as it ends.
final class InterventionRun implements Waves.Outcome {
  /// Scripts in a wave, in widths of the model.
  private static final int WIDTHS = 4;

  private final Interventions wanted;
  private final CotScripts scripts;
  private final Meter meter;
  private final Progress progress;
  private final Tokens hint;
  private final KeySet tried;
  private final Map<String, Place> byProblem = new LinkedHashMap<>();
  private int problemsDone;

  InterventionRun(Interventions wanted, CotScripts scripts, Meter meter, Progress progress) {
    this.wanted = wanted;
    this.scripts = scripts;
    this.meter = meter;
    this.progress = progress;
    this.hint = scripts.model().vocabulary().encode(wanted.hint());
    this.tried = new KeySet(wanted.ledger().keys());
    wanted.begun().forEach((at, draws) -> byProblem.put(at.problem().id(), new Place(at, draws)));
  }

  /// A place with what was drawn there so far, and what is still lacking.
  private final class Place {
    final InterventionPlace at;
    final Map<Key, Draw> draws;
    private List<Key> lacking = List.of();
    private boolean known;

    Place(InterventionPlace at, Map<Key, Draw> draws) {
      this.at = at;
      this.draws = draws;
    }

    void drawn(Key key, Draw draw) {
      draws.put(key, draw);
      known = false;
    }

    List<Key> lacking() {
      if (!known) {
        int votes = wanted.votes();
        lacking = InterventionFinding.of(at, draws).first(votes).lacking(votes);
        known = true;
      }
      return lacking;
    }
  }

  Optional<Need> run() throws InterruptedException {
    wanted.places().forEach(this::requireRoom);
    int width =
        ChainOfThought.width(
            scripts, wanted.places().stream().map(InterventionPlace::problem).toList());
    Waves waves = new Waves(scripts.model(), wanted.ledger(), meter);
    List<Task> wave = nextWave(width);
    while (!wave.isEmpty()) {
      waves.run(wave, this);
      wave = nextWave(width);
    }
    int missing = missing().size();
    return missing == 0 ? Optional.empty() : Optional.of(new Need(missing, meter.spending()));
  }

  private List<Task> nextWave(int width) {
    List<Task> missing = missing();
    return missing.subList(0, meter.room(Math.min(missing.size(), WIDTHS * width)));
  }

  private void requireRoom(InterventionPlace place) {
    int room = scripts.settings().maxTokens() - place.kept() - 1;
    if (hint.size() > room) {
      throw new UserError(
          "the hint has "
              + hint.size()
              + " tokens, and problem "
              + place.problem().id()
              + " leaves "
              + room
              + " from its window on",
          "give a shorter hint");
    }
  }

  /// What the samples so far ask for; each script is tried once.
  private List<Task> missing() {
    List<Task> tasks = new ArrayList<>();
    problemsDone = 0;
    for (Place place : byProblem.values()) {
      problemsDone += place.lacking().isEmpty() ? 1 : 0;
      place.lacking().stream()
          .filter(key -> !tried.contains(key))
          .forEach(key -> tasks.add(task(key, place.at)));
    }
    report();
    return tasks;
  }

  private Task task(Key key, InterventionPlace place) {
    Tokens before = place.response().prefix(key.kept());
    Tokens begun = key.is(Arm.HINTED) ? before.plus(hint) : before;
    return scripts.begun(key, place.problem(), begun);
  }

  private void report() {
    long tokens = meter.spending().tokens();
    int problems = wanted.places().size();
    progress.at(new Progress.State(problemsDone, problems, tried.size(), 0, tokens));
  }

  @Override
  public void ended(Task task, Completion completion) {
    tried.add(task.key());
    Place place = Objects.requireNonNull(byProblem.get(task.key().item()));
    Vocabulary vocabulary = scripts.model().vocabulary();
    place.drawn(task.key(), Draw.of(place.at.problem(), completion, vocabulary));
    report();
  }

  @Override
  public void failed(Task task) {
    tried.add(task.key());
  }
}
