package criticalwindows.experiment;

import criticalwindows.dataset.Problem;
import criticalwindows.experiment.CotScripts.Task;
import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Noise and denoise on chains of thought: one original response to each problem, and at every cut
/// a stump and so many continuations ([CotScripts]).
///
/// Scripts run in waves of a few times the model's width. A wave holds continuations of the
/// originals that came with earlier waves, and the originals of problems to come, so that the model
/// always has enough to do side by side.
public final class ChainOfThought {
  /// Scripts in a wave, in widths of the model: enough that the thin end of a wave costs little.
  private static final int WIDTHS = 4;

  private final CotScripts scripts;
  private final Ledger ledger;
  private final Progress progress;

  private final Map<String, Problem> problems = new HashMap<>();
  private final Map<String, Integer> missing = new HashMap<>();
  private final Set<Key> done;
  private final Deque<Task> ready = new ArrayDeque<>();
  private final Iterator<Problem> upcoming;
  private int problemsDone;
  private long scriptsDone;
  private long scriptsKnown;
  private int problemsKnown;
  private long sampledTokens;

  private ChainOfThought(CotScripts scripts, Ledger ledger, Progress progress) {
    this.scripts = scripts;
    this.ledger = ledger;
    this.progress = progress;
    this.done = new HashSet<>(ledger.keys());
    this.upcoming = ledger.problems().iterator();
    ledger.problems().forEach(problem -> problems.put(problem.id(), problem));
  }

  /// Runs what the ledger does not hold yet. Every wave is in the ledger before the next begins;
  /// when the thread is interrupted, what has ended goes there too.
  ///
  /// @param clock for committing a long wave in parts; it has no influence on any sample
  /// @throws InterruptedException if the thread was interrupted; another run goes on from here
  public static void run(CotScripts scripts, Ledger ledger, InstantSource clock, Progress progress)
      throws InterruptedException {
    new ChainOfThought(scripts, ledger, progress).run(clock);
  }

  /// How many scripts of these problems the model runs at once.
  ///
  /// @throws criticalwindows.mistake.Mistake if it has no room for even one
  public static int width(CotScripts scripts, List<Problem> problems) {
    int tokens = problems.stream().mapToInt(scripts::mostTokens).max().orElse(1);
    return scripts.model().width(tokens);
  }

  private void run(InstantSource clock) throws InterruptedException {
    int width = width(scripts, ledger.problems());
    WaveWriter writer = new WaveWriter(scripts.model(), ledger, clock);
    report();
    List<Task> wave = nextWave(width);
    while (!wave.isEmpty()) {
      runWave(wave, writer);
      wave = nextWave(width);
    }
  }

  private void runWave(List<Task> wave, WaveWriter writer) throws InterruptedException {
    try {
      scripts.model().run(wave.stream().map(Task::script).toList(), new WaveSink(wave, writer));
    } finally {
      writer.commit();
    }
  }

  /// Takes what comes of a wave.
  private final class WaveSink implements Model.Sink {
    private final List<Task> wave;
    private final WaveWriter writer;

    WaveSink(List<Task> wave, WaveWriter writer) {
      this.wave = wave;
      this.writer = writer;
    }

    @Override
    public void finished(int index, Completion completion) {
      Task task = wave.get(index);
      sampledTokens += writer.add(task, completion);
      ended(task, completion.samples().getFirst().tokens());
    }

    @Override
    public void failed(int index, String reason) {
      Task task = wave.get(index);
      ledger.failed(task.key(), reason);
      scriptsDone++;
      miss(task.key().problem(), -1);
      report();
    }
  }

  /// Continuations that are ready, then problems to begin, as long as they fit the wave and not too
  /// many are open: each keeps its original's state in the model.
  private List<Task> nextWave(int width) {
    int size = WIDTHS * width;
    int mostOpen = Math.max(1, width / 8);
    List<Task> wave = new ArrayList<>();
    while (ready.size() < size && missing.size() < mostOpen && upcoming.hasNext()) {
      begin(upcoming.next(), wave);
    }
    while (wave.size() < size && !ready.isEmpty()) {
      wave.add(ready.removeFirst());
    }
    return wave;
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
      open(problem, ledger.samples(problem.id()).getFirst().tokens());
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

  private void ended(Task task, Tokens written) {
    done.add(task.key());
    scriptsDone++;
    String problem = task.key().problem();
    if (task.key().role() == Key.Role.ORIGINAL) {
      open(Objects.requireNonNull(problems.get(problem)), written);
    }
    miss(problem, -1);
    report();
  }

  private void miss(String problem, int more) {
    int left = missing.merge(problem, more, Integer::sum);
    if (left == 0) {
      missing.remove(problem);
      problemsDone++;
    }
  }

  private void report() {
    int all = problems.size();
    long expected = problemsKnown == 0 ? 0 : scriptsKnown * all / problemsKnown;
    progress.at(new Progress.State(problemsDone, all, scriptsDone, expected, sampledTokens));
  }
}
