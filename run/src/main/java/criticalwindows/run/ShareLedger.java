package criticalwindows.run;

import criticalwindows.dataset.Problem;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Sample;
import criticalwindows.store.RunFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/// A run's ledger as the work sees it: only the problems of its share, and failures go to a log.
public final class ShareLedger implements Ledger {
  private final Ledger whole;
  private final List<Problem> problems;
  private final FailureLog failures;
  private final LongAdder sampled = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<String> last = new AtomicReference<>("");

  private ShareLedger(Ledger whole, List<Problem> problems, FailureLog failures) {
    this.whole = whole;
    this.problems = List.copyOf(problems);
    this.failures = failures;
  }

  /// The share of a run that its manifest names, all of it where it names none.
  public static ShareLedger of(RunFolder run) {
    List<Problem> all = run.ledger().problems();
    List<Problem> own = Manifests.shard(run.manifest()).map(shard -> shard.of(all)).orElse(all);
    return new ShareLedger(run.ledger(), own, FailureLog.in(run));
  }

  /// A ledger beside the run's, in its folder, for these problems alone.
  ///
  /// @param name of the ledger's folder
  public static ShareLedger beside(RunFolder run, String name, List<Problem> problems) {
    Ledger ledger = run.ledger(name);
    return new ShareLedger(ledger, problems, FailureLog.in(run.folder().resolve(name), ledger));
  }

  /// What to say where rollouts failed and none ended, in one line.
  public Optional<String> failure() {
    return sampled.sum() > 0 || failed.sum() == 0
        ? Optional.empty()
        : Optional.of(
            "nothing was sampled: " + failed.sum() + " rollouts failed, the last: " + last.get());
  }

  @Override
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public Set<Key> keys() {
    return whole.keys();
  }

  @Override
  public int lastWave() {
    return whole.lastWave();
  }

  @Override
  public void append(List<Sample> samples) {
    whole.append(samples);
    sampled.add(samples.size());
  }

  @Override
  public void failed(Key key, String reason) {
    failures.add(key, reason);
    failed.increment();
    last.set(reason);
  }

  @Override
  public List<Sample> samples(String problem) {
    return whole.samples(problem);
  }

  @Override
  public Map<String, Sample> originals(List<Problem> of) {
    return whole.originals(of);
  }

  @Override
  public void forEach(BiConsumer<Problem, List<Sample>> action) {
    problems.forEach(problem -> action.accept(problem, samples(problem.id())));
  }

  @Override
  public void close() {
    whole.close();
  }
}
