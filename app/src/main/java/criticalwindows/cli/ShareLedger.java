package criticalwindows.cli;

import criticalwindows.dataset.Problem;
import criticalwindows.experiment.Key;
import criticalwindows.experiment.Ledger;
import criticalwindows.experiment.Sample;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// A run's ledger as the work sees it: only the problems of its share, and failures go to a log.
record ShareLedger(Ledger whole, List<Problem> problems, FailureLog failures) implements Ledger {
  ShareLedger {
    problems = List.copyOf(problems);
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
  }

  @Override
  public void failed(Key key, String reason) {
    failures.add(key, reason);
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
