package criticalwindows.search;

import criticalwindows.cot.CutScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.localise.AdaptiveSearch.Belief;
import criticalwindows.localise.Move;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Rollout;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.outcome.Scorer;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Course;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Sample;
import criticalwindows.rollout.Task;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Proportion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The search on one problem, round by round. A round's decision rests on the complete counts of
/// all rounds before it, never on the order in which outcomes arrived.
final class ProblemSearch implements Course {
  /// What a continuation costs besides the rest of its response, in tokens, about: its answer.
  private static final double ANSWER = 10;

  private final Problem problem;
  private final Tools tools;
  private final Deque<Decision> recorded;
  private Optional<Original> original = Optional.empty();
  private Optional<Decision> last = Optional.empty();
  private Optional<Decision> prepared = Optional.empty();

  /// What each continuation came to.
  private final Map<Key, Outcome> outcomes = new HashMap<>();

  /// How many were asked for at each place, in complete rounds and in this one.
  private final Map<Integer, Integer> asked = new TreeMap<>();

  private final Map<Integer, Proportion> counts = new TreeMap<>();
  private final Set<Key> missing = new HashSet<>();
  private final List<Key> pending = new ArrayList<>();
  private boolean begun;
  private boolean ended;

  /// The response that is cut, and what it came to.
  ///
  /// @param followed the class whose share the curve is
  private record Original(Sample row, Outcome outcome, Outcome followed) {
    /// Whether it came to the class that is followed itself.
    boolean holds() {
      return outcome.same(followed);
    }

    /// Without the stop token.
    Tokens response() {
      return row.tokens();
    }
  }

  /// What all problems of a run have in common.
  ///
  /// @param made takes each decision as it is made
  record Tools(CutScripts scripts, AdaptiveSearch search, Scorer scorer, Consumer<Decision> made) {}

  /// @param made decisions of earlier sessions, in their order
  ProblemSearch(Problem problem, Tools tools, List<Decision> made) {
    this.problem = problem;
    this.tools = tools;
    this.recorded = new ArrayDeque<>(made);
    this.ended = !made.isEmpty() && made.getLast().last();
  }

  @Override
  public void prepare() {
    if (complete() && recorded.isEmpty()) {
      prepared = Optional.of(decide());
    }
  }

  /// Whether all that the last decision asked for is there, and another one is to follow.
  private boolean complete() {
    return original.isPresent() && missing.isEmpty() && !ended;
  }

  @Override
  public List<Task> next() {
    if (!begun && !ended) {
      begun = true;
      return tools.scripts.first(problem);
    }
    if (!complete()) {
      return List.of();
    }
    if (!recorded.isEmpty()) {
      return take(recorded.removeFirst());
    }
    Decision decision = prepared.orElseGet(this::decide);
    prepared = Optional.empty();
    tools.made.accept(decision);
    return take(decision);
  }

  /// What to do now, by the complete rounds alone. It changes nothing.
  private Decision decide() {
    Original cut = original.orElseThrow();
    if (!cut.followed().readable()) {
      return decision(Optional.empty(), new Move.Stop("the response has no readable answer"));
    }
    if (cut.response().isEmpty()) {
      return decision(Optional.empty(), new Move.Stop("the response is empty"));
    }
    List<Curve.Point> points = new ArrayList<>();
    counts.forEach((kept, count) -> points.add(new Curve.Point(kept, count)));
    AdaptiveSearch.Choice choice = choose(new Curve(points), cut);
    return decision(choice.belief(), choice.move());
  }

  /// With its stop token kept, a response that has ended leaves nothing to be sampled.
  private AdaptiveSearch.Choice choose(Curve curve, Original cut) {
    int length = cut.response().size();
    return cut.row().finish() == FinishReason.STOP
        ? tools.search.choose(curve.endingAt(new Curve.End(length + 1, cut.holds())), length + 1)
        : tools.search.choose(curve, length);
  }

  private Decision decision(Optional<Belief> belief, Move move) {
    int round = last.map(Decision::round).orElse(0);
    long spent = counts.values().stream().mapToLong(Proportion::trials).sum();
    return new Decision(problem.id(), round + 1, spent, belief, move);
  }

  private List<Task> take(Decision decision) {
    last = Optional.of(decision);
    return switch (decision.move()) {
      case Move.Stop stop -> {
        ended = true;
        yield List.of();
      }
      case Move.Sample sample -> ask(sample);
    };
  }

  private List<Task> ask(Move.Sample sample) {
    Rollout response = tools.scripts.rollout(problem, original.orElseThrow().response());
    List<Task> tasks = new ArrayList<>();
    for (Move.Draw draw : sample.draws()) {
      int from = asked.merge(draw.position(), draw.count(), Integer::sum) - draw.count();
      tasks.addAll(tools.scripts.continuations(problem, response, draw, from));
    }
    for (Task task : tasks) {
      missing.add(task.key());
      if (task.key().is(Arm.RESAMPLE)) {
        pending.add(task.key());
      }
    }
    return tasks;
  }

  @Override
  public void ended(Key key, List<Sample> rows) {
    if (key.is(Arm.ORIGINAL)) {
      Outcome own = outcome(rows);
      Outcome followed = tools.scorer.followed(problem).orElse(own);
      original = Optional.of(new Original(rows.getFirst(), own, followed));
    } else if (key.is(Arm.RESAMPLE)) {
      outcomes.put(key, outcome(rows));
    }
    missing.remove(key);
    if (missing.isEmpty()) {
      close();
    }
  }

  private Outcome outcome(List<Sample> rows) {
    Sample cut = original.map(Original::row).orElse(rows.getFirst());
    return tools.scorer.of(problem, Said.of(rows, cut));
  }

  /// The round's outcomes join the counts.
  private void close() {
    for (Key key : pending) {
      boolean same =
          Objects.requireNonNull(outcomes.get(key)).same(original.orElseThrow().followed());
      counts.merge(key.kept(), new Proportion(same ? 1 : 0, 1), Proportion::plus);
    }
    pending.clear();
  }

  /// Nats that are expected of it; the opening of a search goes before everything else.
  @Override
  public double worth(Task task, Budget budget) {
    double nats = last.flatMap(Decision::belief).map(Belief::nats).orElse(Double.POSITIVE_INFINITY);
    double tokens =
        ANSWER + original.map(cut -> cut.response().size()).orElse(0) - task.key().kept();
    return switch (budget) {
      case Budget.Unlimited none -> 0;
      case Budget.Rollouts rollouts -> nats;
      case Budget.Tokens limit -> nats / tokens;
      case Budget.Time limit -> nats / tokens;
    };
  }
}
