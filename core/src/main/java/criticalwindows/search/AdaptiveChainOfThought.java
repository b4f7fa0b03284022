package criticalwindows.search;

import criticalwindows.cot.ChainOfThought;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.localise.AdaptiveSearch.Belief;
import criticalwindows.model.Completion;
import criticalwindows.model.Sampled;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Budget;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Need;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Task;
import criticalwindows.rollout.Waves;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/// Noise and denoise on chains of thought, cut where a search says: one original response to each
/// problem, then round by round the cuts and the continuations that say most ([AdaptiveSearch]).
///
/// Many problems are searched side by side, so that the model always has enough to do. A decision
/// rests on the complete rounds of its own problem and on nothing else, so it is the same whatever
/// the order in which outcomes arrive, whatever the budget, and after a resume. It is recorded
/// before anything it asks for is sampled; a recorded decision is followed, not made again.
///
/// A budget decides what comes first, and where to stop. Without one, problem after problem is
/// searched to its end. With one, all problems are opened; then the rounds go first from which most
/// is expected, in nats of an outcome: for each rollout, or where tokens or time are limited, for
/// each token that is still to be written.
public final class AdaptiveChainOfThought {
  /// Scripts in a wave, in widths of the model.
  private static final int WIDTHS = 2;

  /// Scripts that a problem has in a round, about.
  private static final int EACH = 4;

  /// What a continuation costs besides the rest of its response, in tokens, about: its answer.
  private static final double ANSWER = 10;

  /// What goes before everything else.
  private static final double FIRST = Double.POSITIVE_INFINITY;

  private final CotScripts scripts;
  private final Recorded to;
  private final Meter meter;
  private final Progress progress;
  private final AdaptiveSearch search;

  private final Map<String, Problem> problems = new HashMap<>();
  private final Map<String, ProblemSearch> searches = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private final Map<String, List<Decision>> recorded;
  private final Set<Key> done;
  private final PriorityQueue<Ready> ready = new PriorityQueue<>();
  private final Iterator<Problem> upcoming;
  private int urgent;
  private long order;
  private int problemsDone;
  private long scriptsDone;

  private AdaptiveChainOfThought(CotScripts scripts, Recorded to, Meter meter, Progress progress) {
    this.scripts = scripts;
    this.to = to;
    this.meter = meter;
    this.progress = progress;
    this.search = search(scripts.settings());
    this.recorded = new HashMap<>(to.decisions().byProblem());
    this.done = new HashSet<>(to.ledger().keys());
    this.scriptsDone = done.size();
    this.upcoming = to.ledger().problems().iterator();
    to.ledger().problems().forEach(problem -> problems.put(problem.id(), problem));
  }

  private static AdaptiveSearch search(CotSettings settings) {
    if (settings.cuts() instanceof CutPlan.Search plan) {
      return AdaptiveSearch.of(plan.width(), plan.confidence(), plan.rollouts());
    }
    throw new IllegalArgumentException(settings.cuts().spec() + " leaves nothing to search");
  }

  /// Where samples and decisions go.
  public record Recorded(Ledger ledger, Decisions decisions) {}

  /// A script that waits.
  ///
  /// @param worth the greatest goes first, the oldest among equals
  private record Ready(double worth, long order, Task task) implements Comparable<Ready> {
    private static final Comparator<Ready> ORDER =
        Comparator.comparingDouble(Ready::worth).reversed().thenComparingLong(Ready::order);

    @Override
    public int compareTo(Ready other) {
      return ORDER.compare(this, other);
    }
  }

  /// Runs what the ledger does not hold yet, until the meter's budget is spent. Every wave is in
  /// the ledger before the next begins; when the thread is interrupted, what has ended goes there
  /// too.
  ///
  /// @return what is still needed, at most; absent where every search has ended
  /// @throws InterruptedException if the thread was interrupted; another run goes on from here
  public static Optional<Need> run(CotScripts scripts, Recorded to, Meter meter, Progress progress)
      throws InterruptedException {
    return new AdaptiveChainOfThought(scripts, to, meter, progress).run();
  }

  private Optional<Need> run() throws InterruptedException {
    int width = ChainOfThought.width(scripts, to.ledger().problems());
    Waves waves = new Waves(scripts.model(), to.ledger(), meter);
    report();
    List<Task> wave = nextWave(width);
    while (!wave.isEmpty()) {
      waves.run(wave, new Taken());
      wave = nextWave(width);
    }
    return need();
  }

  /// What is worth most of all that waits, once every complete round has its decision.
  private List<Task> nextWave(int width) {
    int size = WIDTHS * width;
    decide();
    do {
      while (upcoming.hasNext() && wantsMore(size)) {
        begin(upcoming.next());
      }
      decide();
    } while (ready.isEmpty() && upcoming.hasNext());
    List<Task> wave = new ArrayList<>();
    for (int room = meter.room(size); wave.size() < room && !ready.isEmpty(); ) {
      Ready next = ready.remove();
      urgent -= next.worth() == FIRST ? 1 : 0;
      wave.add(next.task());
    }
    return wave;
  }

  /// Whether another problem is to be opened. Within a budget all of them are, before anything
  /// else; without one so many are open that they fill a wave.
  private boolean wantsMore(int size) {
    return limited()
        ? urgent < size
        : ready.size() < size && begun.size() + searches.size() < Math.max(1, size / EACH);
  }

  private boolean limited() {
    return !(meter.budget() instanceof Budget.Unlimited);
  }

  private void begin(Problem problem) {
    List<Decision> made = recorded.getOrDefault(problem.id(), List.of());
    if (!done.contains(Key.direct(problem.id()))) {
      ready(FIRST, scripts.direct(problem));
    }
    if (!done.contains(Key.original(problem.id()))) {
      begun.add(problem.id());
      ready(FIRST, scripts.original(problem));
    } else if (!made.isEmpty() && made.getLast().last()) {
      problemsDone++;
    } else {
      resume(ProblemSearch.of(problem, to.ledger().samples(problem.id()), search), made);
    }
  }

  private void ready(double worth, Task task) {
    urgent += worth == FIRST ? 1 : 0;
    ready.add(new Ready(worth, order++, task));
  }

  /// Follows what was decided before; where the last of it is not there yet, it is still to do.
  private void resume(ProblemSearch begun, List<Decision> made) {
    searches.put(begun.problem(), begun);
    made.forEach(decision -> take(begun, decision));
  }

  private void take(ProblemSearch on, Decision decision) {
    for (Task task : on.take(decision, scripts, done)) {
      ready(worth(on, decision, task), task);
    }
    if (on.ended()) {
      searches.remove(on.problem());
      problemsDone++;
    }
  }

  /// Nats that are expected of it; the opening of a search goes before everything else.
  private double worth(ProblemSearch on, Decision decision, Task task) {
    double nats = decision.belief().map(Belief::nats).orElse(FIRST);
    return switch (meter.budget()) {
      case Budget.Unlimited none -> 0;
      case Budget.Rollouts rollouts -> nats;
      case Budget.Tokens tokens -> nats / (ANSWER + on.length() - task.key().kept());
      case Budget.Time time -> nats / (ANSWER + on.length() - task.key().kept());
    };
  }

  /// What comes of a wave.
  private final class Taken implements Waves.Outcome {
    @Override
    public void ended(Task task, Completion completion) {
      done.add(task.key());
      scriptsDone++;
      take(task.key(), completion);
      report();
    }

    /// A round that lacks a reply is never complete: its search rests until another run.
    @Override
    public void failed(Task task) {
      Key key = task.key();
      if (!key.is(Arm.DIRECT)) {
        begun.remove(key.item());
        searches.remove(key.item());
      }
    }
  }

  private void take(Key key, Completion completion) {
    String problem = key.item();
    Sampled first = completion.samples().getFirst();
    String reply = scripts.model().vocabulary().decode(completion.last().tokens());
    if (key.arm().equals(Arm.ORIGINAL)) {
      begun.remove(problem);
      searches.put(problem, search(problem, first, reply));
    } else if (searches.containsKey(problem) && !key.arm().equals(Arm.DIRECT)) {
      search(problem).ended(key, first.finish(), reply);
    }
  }

  private ProblemSearch search(String id, Sampled original, String reply) {
    Problem problem = Objects.requireNonNull(problems.get(id));
    Answer answer = Grader.STANDARD.of(problem, original.finish(), reply).answer();
    return new ProblemSearch(problem, original.tokens(), answer, search);
  }

  private ProblemSearch search(String id) {
    return Objects.requireNonNull(searches.get(id), id);
  }

  /// Decides wherever a round is complete, and goes on deciding where all it asks for is there.
  private void decide() {
    List<ProblemSearch> complete = complete();
    while (!complete.isEmpty()) {
      List<Decision> made = complete.parallelStream().map(ProblemSearch::next).toList();
      to.decisions().append(made);
      made.forEach(decision -> take(search(decision.problem()), decision));
      complete = complete();
    }
  }

  /// In the order of the problems' ids.
  private List<ProblemSearch> complete() {
    return searches.values().stream()
        .filter(ProblemSearch::complete)
        .sorted(Comparator.comparing(ProblemSearch::problem))
        .toList();
  }

  private void report() {
    long tokens = meter.spending().tokens();
    progress.at(new Progress.State(problemsDone, problems.size(), scriptsDone, 0, tokens));
  }

  /// At most as many as the searches that have not ended may still spend.
  private Optional<Need> need() {
    if (problemsDone == problems.size()) {
      return Optional.empty();
    }
    long most = search.settings().budget();
    long open = searches.values().stream().mapToLong(on -> most - on.spent()).sum();
    long unbegun = (long) problems.size() - problemsDone - searches.size();
    return Optional.of(new Need(Math.max(1, open + unbegun * (2 + most)), meter.spending()));
  }
}
