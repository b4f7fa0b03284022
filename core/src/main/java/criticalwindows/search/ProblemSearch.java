package criticalwindows.search;

import criticalwindows.cot.CotScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.localise.Move;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The search on one problem, round by round. A round's decision rests on the complete counts of
/// all rounds before it, never on the order in which outcomes arrived.
final class ProblemSearch {
  private final Problem problem;
  private final Tokens response;
  private final Answer original;
  private final AdaptiveSearch search;

  /// Whether a continuation came to the original's answer.
  private final Map<Key, Boolean> outcomes = new HashMap<>();

  /// How many were asked for at each place, in complete rounds and in this one.
  private final Map<Integer, Integer> asked = new TreeMap<>();

  private final Map<Integer, Proportion> counts = new TreeMap<>();
  private final Set<Key> missing = new HashSet<>();
  private final List<Key> pending = new ArrayList<>();
  private int round;
  private boolean ended;

  /// @param response of the original, without the stop token
  /// @param original its answer
  ProblemSearch(Problem problem, Tokens response, Answer original, AdaptiveSearch search) {
    this.problem = problem;
    this.response = response;
    this.original = original;
    this.search = search;
  }

  /// The search on a problem whose original is among these rows.
  static ProblemSearch of(Problem problem, List<Sample> rows, AdaptiveSearch search) {
    Map<Key, FinishReason> finished = new HashMap<>();
    Map<Key, Answer> answers = new HashMap<>();
    Tokens response = Tokens.of();
    for (Sample row : rows) {
      boolean written = row.turn() == Sample.Turn.RESPONSE;
      if (written && row.key().is(Arm.ORIGINAL)) {
        response = row.tokens();
      }
      if (written) {
        finished.put(row.key(), row.finish());
      } else if (finished.containsKey(row.key())) {
        FinishReason finish = Objects.requireNonNull(finished.get(row.key()));
        answers.put(row.key(), Grader.STANDARD.of(problem, finish, row.text()).answer());
      }
    }
    Answer original = Objects.requireNonNull(answers.get(Key.original(problem.id())));
    ProblemSearch begun = new ProblemSearch(problem, response, original, search);
    answers.forEach(begun::outcome);
    return begun;
  }

  private void outcome(Key key, Answer answer) {
    if (key.is(Arm.RESAMPLE)) {
      outcomes.put(key, answer.same(original));
    }
  }

  String problem() {
    return problem.id();
  }

  /// Of the response, in tokens.
  int length() {
    return response.size();
  }

  /// Whether nothing more is to be sampled or decided.
  boolean ended() {
    return ended;
  }

  /// Whether all that the last decision asked for is there.
  boolean complete() {
    return missing.isEmpty();
  }

  /// Rollouts of complete rounds.
  long spent() {
    return counts.values().stream().mapToLong(Proportion::trials).sum();
  }

  /// What to do now, by the complete rounds alone. It changes nothing.
  Decision next() {
    if (!original.readable()) {
      return decision(Optional.empty(), new Move.Stop("the response has no readable answer"));
    }
    if (response.isEmpty()) {
      return decision(Optional.empty(), new Move.Stop("the response is empty"));
    }
    List<Curve.Point> points = new ArrayList<>();
    counts.forEach((kept, count) -> points.add(new Curve.Point(kept, count)));
    // A readable original has ended; with its stop token kept there is nothing left to be sampled.
    Curve.End end = new Curve.End(response.size() + 1, true);
    AdaptiveSearch.Choice choice = search.choose(new Curve(points).endingAt(end), end.position());
    return decision(choice.belief(), choice.move());
  }

  private Decision decision(Optional<AdaptiveSearch.Belief> belief, Move move) {
    return new Decision(problem.id(), round + 1, spent(), belief, move);
  }

  /// Takes a decision, and tells what is to be run for it: what has not ended before.
  List<Task> take(Decision decision, CotScripts scripts, Set<Key> done) {
    round = decision.round();
    return switch (decision.move()) {
      case Move.Stop stop -> {
        ended = true;
        yield List.of();
      }
      case Move.Sample sample -> ask(sample, scripts, done);
    };
  }

  private List<Task> ask(Move.Sample sample, CotScripts scripts, Set<Key> done) {
    List<Task> tasks = new ArrayList<>();
    for (Move.Draw draw : sample.draws()) {
      int from = asked.merge(draw.position(), draw.count(), Integer::sum) - draw.count();
      for (Task task : scripts.continuations(problem, response, draw, from)) {
        if (task.key().is(Arm.RESAMPLE)) {
          pending.add(task.key());
        }
        if (!done.contains(task.key())) {
          missing.add(task.key());
          tasks.add(task);
        }
      }
    }
    close();
    return tasks;
  }

  /// Takes an outcome.
  void ended(Key key, FinishReason finish, String reply) {
    outcome(key, Grader.STANDARD.of(problem, finish, reply).answer());
    missing.remove(key);
    close();
  }

  /// Where nothing is missing, the round's outcomes join the counts.
  private void close() {
    if (missing.isEmpty()) {
      for (Key key : pending) {
        boolean same = Objects.requireNonNull(outcomes.get(key), key.toString());
        counts.merge(key.kept(), new Proportion(same ? 1 : 0, 1), Proportion::plus);
      }
      pending.clear();
    }
  }
}
