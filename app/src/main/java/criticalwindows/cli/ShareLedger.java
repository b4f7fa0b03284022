package criticalwindows.cli;

import criticalwindows.dataset.Problem;
import criticalwindows.report.Plain;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Sample;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/// A run's ledger as the work sees it: only the problems of its share, and failures go to a log.
///
/// @param session what the work at hand has come to
record ShareLedger(Ledger whole, List<Problem> problems, FailureLog failures, Session session)
    implements Ledger {
  ShareLedger {
    problems = List.copyOf(problems);
  }

  ShareLedger(Ledger whole, List<Problem> problems, FailureLog failures) {
    this(whole, problems, failures, new Session());
  }

  /// What one session of work has come to.
  static final class Session {
    private final LongAdder sampled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicReference<String> last = new AtomicReference<>("");
  }

  /// The exit code of the work: failed where there was some and nothing came of it, and then it is
  /// said in two lines.
  int exit(Console console, String advice) {
    if (session.sampled.sum() > 0 || session.failed.sum() == 0) {
      return 0;
    }
    console
        .err()
        .println(
            Plain.line(
                "error: nothing was sampled: "
                    + session.failed.sum()
                    + " rollouts failed, the last: "
                    + session.last.get()));
    console.err().println(Plain.line("hint: see what the servers can do with cw probe; " + advice));
    return Main.FAILED;
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
    session.sampled.add(samples.size());
  }

  @Override
  public void failed(Key key, String reason) {
    failures.add(key, reason);
    session.failed.increment();
    session.last.set(reason);
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
