package criticalwindows.cot;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Completion;
import criticalwindows.model.Tokens;
import criticalwindows.rollout.Arm;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.KeySet;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Meter;
import criticalwindows.rollout.Need;
import criticalwindows.rollout.Progress;
import criticalwindows.rollout.Task;
import criticalwindows.rollout.Unfinished;
import criticalwindows.rollout.Waves;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;

/// Noise and denoise on chains of thought: one original response to each problem, and at every cut
/// an early answer and so many continuations ([CotScripts]).
///
/// Scripts run in waves of a few times the model's width. A wave holds continuations of the
/// originals that came with earlier waves, and the originals of problems to come, so that the model
/// always has enough to do side by side.
public final class ChainOfThought {
  /// Scripts in a wave, in widths of the model: enough that the thin end of a wave costs little.
  private static final int WIDTHS = 4;

  private final CotScripts scripts;
  private final Ledger ledger;
  private final Meter meter;
  private final Progress progress;

  private final Map<String, Problem> problems = new HashMap<>();
  private final Map<String, Integer> places = new HashMap<>();
  private final Map<String, Integer> missing = new HashMap<>();
  private final KeySet done;
  private final PriorityQueue<Task> ready = new PriorityQueue<>(this::inOrder);
  private final Unfinished upcoming;
  private int problemsDone;
  private long scriptsDone;
  private long scriptsKnown;
  private int problemsKnown;

  private ChainOfThought(CotScripts scripts, Ledger ledger, Meter meter, Progress progress) {
    this.scripts = scripts;
    this.ledger = ledger;
    this.meter = meter;
    this.progress = progress;
    this.done = new KeySet(ledger.keys());
    this.upcoming = new Unfinished(ledger, done, scripts.mostPerProblem());
    for (Problem problem : ledger.problems()) {
      places.put(problem.id(), problems.size());
      problems.put(problem.id(), problem);
    }
    this.problemsDone = problems.size() - upcoming.problems().size();
    this.problemsKnown = problemsDone;
    this.scriptsDone = (long) problemsDone * scripts.mostPerProblem();
    this.scriptsKnown = scriptsDone;
  }

  /// Runs what the ledger does not hold yet. While a wave runs, the one before goes into the
  /// ledger; when this ends, however it does, what has ended is there.
  ///
  /// @param clock for committing a long wave in parts; it has no influence on any sample
  /// @throws InterruptedException if the thread was interrupted; another run goes on from here
  public static void run(CotScripts scripts, Ledger ledger, InstantSource clock, Progress progress)
      throws InterruptedException {
    run(scripts, ledger, Meter.unlimited(clock), progress);
  }

  /// As [#run(CotScripts, Ledger, InstantSource, Progress)], until the meter's budget is spent.
  /// What has ended then is in the ledger; what was in flight is dropped, and sampled again with
  /// the same seed by whoever goes on.
  ///
  /// @return what is still needed; absent where everything is there
  public static Optional<Need> run(
      CotScripts scripts, Ledger ledger, Meter meter, Progress progress)
      throws InterruptedException {
    return new ChainOfThought(scripts, ledger, meter, progress).run();
  }

  /// How many scripts of these problems the model runs at once.
  ///
  /// @throws criticalwindows.error.UserError if it has no room for even one
  public static int width(CotScripts scripts, List<Problem> problems) {
    int tokens = problems.stream().mapToInt(scripts::mostTokens).max().orElse(1);
    return scripts.model().width(tokens);
  }

  private Optional<Need> run() throws InterruptedException {
    int width = width(scripts, upcoming.problems());
    Waves waves = new Waves(scripts.model(), ledger, meter);
    report();
    List<Task> wave = nextWave(width);
    try {
      while (!wave.isEmpty()) {
        waves.runAhead(wave, new Taken());
        wave = nextWave(width);
      }
    } finally {
      waves.writer().commit();
    }
    return need();
  }

  /// Continuations that are ready, then problems to begin, as long as they fit the wave, the budget
  /// has room and not too many are open: each keeps its original's state in the model.
  private List<Task> nextWave(int width) {
    int size = meter.room(WIDTHS * width);
    int mostOpen = mostOpen(width);
    List<Task> wave = new ArrayList<>();
    while (ready.size() < size && missing.size() < mostOpen && upcoming.hasNext()) {
      begin(upcoming.next(), wave);
    }
    while (wave.size() < size && !ready.isEmpty()) {
      wave.add(ready.remove());
    }
    while (wave.size() > size) {
      ready.add(wave.removeLast());
    }
    return wave;
  }

  /// Problems that are open at once. Those of many scripts fill a wave by few; of those of few, so
  /// many that there are two waves of scripts: one runs, the next one's originals run with it. A
  /// model keeps the state of no more texts than half its width.
  private int mostOpen(int width) {
    int filling = 2 * WIDTHS * width / scripts.mostPerProblem();
    return Math.max(1, Math.clamp(filling, width / 8, width / 2));
  }

  /// Problem by problem, cut by cut, and at each the early answer first: in whatever order
  /// originals end, a run that is made again goes to the model in the same waves, and so gets the
  /// same rounding.
  private int inOrder(Task a, Task b) {
    int place = Integer.compare(place(a), place(b));
    int kept = Integer.compare(a.key().kept(), b.key().kept());
    int arm = a.key().arm().compareTo(b.key().arm());
    int index = Integer.compare(a.key().index(), b.key().index());
    return place != 0 ? place : kept != 0 ? kept : arm != 0 ? arm : index;
  }

  private int place(Task task) {
    return Objects.requireNonNull(places.get(task.key().item()));
  }

  private void begin(Problem problem, List<Task> wave) {
    Key original = Key.original(problem.id());
    List<Task> first = new ArrayList<>();
    if (!done.contains(Key.direct(problem.id()))) {
      first.add(scripts.direct(problem));
    }
    if (!done.contains(original)) {
      first.add(scripts.original(problem));
    }
    wave.addAll(first);
    missing.put(problem.id(), first.size());
    scriptsDone += 2 - first.size();
    if (done.contains(original)) {
      open(problem, upcoming.original(problem).tokens());
    }
  }

  /// An original is there, so its continuations can begin.
  private void open(Problem problem, Tokens response) {
    List<Task> all = scripts.continuations(problem, response);
    List<Task> left = all.stream().filter(task -> !done.contains(task.key())).toList();
    ready.addAll(left);
    scriptsKnown += all.size() + 2;
    problemsKnown++;
    scriptsDone += all.size() - left.size();
    miss(problem.id(), left.size());
  }

  /// What comes of a wave.
  private final class Taken implements Waves.Outcome {
    @Override
    public void ended(Task task, Completion completion) {
      done.add(task.key());
      scriptsDone++;
      String problem = task.key().item();
      if (task.key().is(Arm.ORIGINAL)) {
        open(
            Objects.requireNonNull(problems.get(problem)),
            completion.samples().getFirst().tokens());
      }
      miss(problem, -1);
      report();
    }

    @Override
    public void failed(Task task) {
      scriptsDone++;
      miss(task.key().item(), -1);
      report();
    }
  }

  private void miss(String problem, int more) {
    int left = missing.merge(problem, more, Integer::sum);
    if (left == 0) {
      missing.remove(problem);
      problemsDone++;
    }
  }

  private void report() {
    long expected = problemsKnown == 0 ? 0 : expected();
    long tokens = meter.spending().tokens();
    progress.at(new Progress.State(problemsDone, problems.size(), scriptsDone, expected, tokens));
  }

  /// All rollouts of the run, by what the problems that are known take each. While none is, as many
  /// as a response of full length takes.
  private long expected() {
    return problemsKnown == 0
        ? (long) scripts.mostPerProblem() * problems.size()
        : scriptsKnown * problems.size() / problemsKnown;
  }

  private Optional<Need> need() {
    boolean all = problemsDone == problems.size();
    return all
        ? Optional.empty()
        : Optional.of(new Need(Math.max(1, expected() - scriptsDone), meter.spending()));
  }
}
