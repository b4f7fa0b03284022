package criticalwindows.experiment;

import criticalwindows.dataset.Problem;
import criticalwindows.experiment.CotScripts.Task;
import criticalwindows.grade.Answer;
import criticalwindows.grade.Grader;
import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.model.Completion;
import criticalwindows.model.Sampled;
import criticalwindows.model.Tokens;
import criticalwindows.noise.CutPlan;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Noise and denoise on chains of thought, cut where a search says: one original response to each
/// problem, then round by round the cuts and the continuations that say most ([AdaptiveSearch]).
///
/// Many problems are searched side by side, so that the model always has enough to do. A decision
/// rests on the complete rounds of its own problem and on nothing else, so it is the same whatever
/// the order in which outcomes arrive, and after a resume. It is recorded before anything it asks
/// for is sampled; a recorded decision is followed, not made again.
public final class AdaptiveChainOfThought {
  /// Scripts in a wave, in widths of the model.
  private static final int WIDTHS = 2;

  /// Scripts that a problem has in a round, about.
  private static final int EACH = 4;

  private final CotScripts scripts;
  private final Ledger ledger;
  private final Decisions decisions;
  private final Progress progress;
  private final AdaptiveSearch search;

  private final Map<String, Problem> problems = new HashMap<>();
  private final Map<String, ProblemSearch> searches = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private final Map<String, List<Decision>> recorded;
  private final Set<Key> done;
  private final Deque<Task> ready = new ArrayDeque<>();
  private final Iterator<Problem> upcoming;
  private int problemsDone;
  private long scriptsDone;
  private long sampledTokens;

  private AdaptiveChainOfThought(
      CotScripts scripts, Ledger ledger, Decisions decisions, Progress progress) {
    this.scripts = scripts;
    this.ledger = ledger;
    this.decisions = decisions;
    this.progress = progress;
    this.search = search(scripts.settings());
    this.recorded = new HashMap<>(decisions.byProblem());
    this.done = new HashSet<>(ledger.keys());
    this.scriptsDone = done.size();
    this.upcoming = ledger.problems().iterator();
    ledger.problems().forEach(problem -> problems.put(problem.id(), problem));
  }

  private static AdaptiveSearch search(CotSettings settings) {
    if (settings.cuts() instanceof CutPlan.Search plan) {
      return AdaptiveSearch.of(plan.width(), plan.confidence(), plan.rollouts());
    }
    throw new IllegalArgumentException(settings.cuts().spec() + " leaves nothing to search");
  }

  /// Runs what the ledger does not hold yet. Every wave is in the ledger before the next begins;
  /// when the thread is interrupted, what has ended goes there too.
  ///
  /// @param clock for committing a long wave in parts; it has no influence on any decision
  /// @throws InterruptedException if the thread was interrupted; another run goes on from here
  public static void run(CotScripts scripts, Recorded to, InstantSource clock, Progress progress)
      throws InterruptedException {
    new AdaptiveChainOfThought(scripts, to.ledger(), to.decisions(), progress).run(clock);
  }

  /// Where samples and decisions go.
  public record Recorded(Ledger ledger, Decisions decisions) {}

  private void run(InstantSource clock) throws InterruptedException {
    int width = ChainOfThought.width(scripts, ledger.problems());
    WaveWriter writer = new WaveWriter(scripts.model(), ledger, clock);
    report();
    List<Task> wave = nextWave(width);
    while (!wave.isEmpty()) {
      runWave(wave, writer);
      decide();
      wave = nextWave(width);
    }
  }

  private void runWave(List<Task> wave, WaveWriter writer) throws InterruptedException {
    try {
      scripts
          .model()
          .run(
              wave.stream().map(Task::script).toList(),
              (index, completion) -> {
                Task task = wave.get(index);
                sampledTokens += writer.add(task, completion);
                ended(task.key(), completion);
              });
    } finally {
      writer.commit();
    }
  }

  private List<Task> nextWave(int width) {
    int size = WIDTHS * width;
    int mostOpen = Math.max(1, size / EACH);
    List<Task> wave = new ArrayList<>();
    while (wave.isEmpty() && (upcoming.hasNext() || !ready.isEmpty())) {
      while (ready.size() + wave.size() < size && open() < mostOpen && upcoming.hasNext()) {
        begin(upcoming.next(), wave);
      }
      decide();
      while (wave.size() < size && !ready.isEmpty()) {
        wave.add(ready.removeFirst());
      }
    }
    return wave;
  }

  private int open() {
    return begun.size() + searches.size();
  }

  private void begin(Problem problem, List<Task> wave) {
    List<Decision> made = recorded.getOrDefault(problem.id(), List.of());
    if (!done.contains(Key.direct(problem.id()))) {
      wave.add(scripts.direct(problem));
    }
    if (!done.contains(Key.original(problem.id()))) {
      begun.add(problem.id());
      wave.add(scripts.original(problem));
    } else if (!made.isEmpty() && made.getLast().last()) {
      problemsDone++;
    } else {
      resume(ProblemSearch.of(problem, ledger.samples(problem.id()), search), made);
    }
  }

  /// Follows what was decided before; where the last of it is not there yet, it is still to do.
  private void resume(ProblemSearch begun, List<Decision> made) {
    searches.put(begun.problem(), begun);
    made.forEach(decision -> take(begun, decision));
  }

  private void take(ProblemSearch on, Decision decision) {
    ready.addAll(on.take(decision, scripts, done));
    if (on.ended()) {
      searches.remove(on.problem());
      problemsDone++;
    }
  }

  private void ended(Key key, Completion completion) {
    done.add(key);
    scriptsDone++;
    String problem = key.problem();
    Sampled first = completion.samples().getFirst();
    String reply = scripts.model().vocabulary().decode(completion.last().tokens());
    switch (key.role()) {
      case ORIGINAL -> {
        begun.remove(problem);
        searches.put(problem, search(problem, first, reply));
      }
      case RESAMPLE, STUMP -> search(problem).ended(key, first.finish(), reply);
      case DIRECT -> {}
    }
    report();
  }

  private ProblemSearch search(String id, Sampled original, String reply) {
    Problem problem = Objects.requireNonNull(problems.get(id));
    Tokens response = original.tokens();
    Answer answer = Grader.STANDARD.of(problem, original.finish(), reply).answer();
    return new ProblemSearch(problem, response, answer, search);
  }

  private ProblemSearch search(String id) {
    return Objects.requireNonNull(searches.get(id), id);
  }

  /// Decides wherever a round is complete, and goes on deciding where all it asks for is there.
  private void decide() {
    List<ProblemSearch> complete = complete();
    while (!complete.isEmpty()) {
      List<Decision> made = complete.parallelStream().map(ProblemSearch::next).toList();
      decisions.append(made);
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
    progress.at(new Progress.State(problemsDone, problems.size(), scriptsDone, 0, sampledTokens));
  }
}
