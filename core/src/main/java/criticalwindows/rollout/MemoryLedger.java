package criticalwindows.rollout;

import criticalwindows.dataset.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/// A ledger that lasts as long as the program: for trying things out, and for tests. Any thread may
/// use it.
public final class MemoryLedger implements Ledger {
  private static final Comparator<Sample> ORDER =
      Comparator.comparing(Sample::key).thenComparing(Sample::turn);

  private final List<Problem> problems;
  private final Map<String, TreeSet<Sample>> samples = new TreeMap<>();
  private int lastWave;

  public MemoryLedger(List<Problem> problems) {
    this.problems = List.copyOf(problems);
    problems.forEach(problem -> samples.put(problem.id(), new TreeSet<>(ORDER)));
  }

  @Override
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public synchronized Set<Key> keys() {
    Set<Key> keys = new KeySet();
    samples.values().forEach(rows -> rows.forEach(row -> keys.add(row.key())));
    return keys;
  }

  @Override
  public synchronized int lastWave() {
    return lastWave;
  }

  @Override
  public synchronized void append(List<Sample> wave) {
    Set<Sample> fresh = new TreeSet<>(ORDER);
    for (Sample sample : wave) {
      if (rows(sample.key().item()).contains(sample) || !fresh.add(sample)) {
        throw new IllegalStateException("already in the ledger: " + sample.key());
      }
    }
    for (Sample sample : fresh) {
      rows(sample.key().item()).add(sample);
      lastWave = Math.max(lastWave, sample.wave());
    }
  }

  @Override
  public synchronized List<Sample> samples(String problem) {
    return List.copyOf(rows(problem));
  }

  @Override
  public void forEach(BiConsumer<Problem, List<Sample>> action) {
    problems.forEach(problem -> action.accept(problem, samples(problem.id())));
  }

  private Set<Sample> rows(String problem) {
    Set<Sample> rows = samples.get(problem);
    if (rows == null) {
      throw new IllegalArgumentException("no such problem in this run: " + problem);
    }
    return rows;
  }

  @Override
  public void close() {}
}
