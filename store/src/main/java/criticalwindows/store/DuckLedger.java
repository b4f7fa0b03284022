package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.dataset.Problem;
import criticalwindows.disk.Uninterrupted;
import criticalwindows.rollout.Key;
import criticalwindows.rollout.Ledger;
import criticalwindows.rollout.Replies;
import criticalwindows.rollout.Sample;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A ledger in a run's folder. A wave is one closed Parquet file before [#append] returns; now and
/// then these files are folded into one DuckDB file. Any number of processes can read meanwhile.
///
/// Any thread may use it, and an interrupt of that thread never reaches the files.
public final class DuckLedger implements Ledger {
  private static final Comparator<Sample> ORDER =
      Comparator.comparing(Sample::key).thenComparing(Sample::turn);

  /// Lost waves that are named.
  private static final int SHOWN = 20;

  /// Rows that are read in one go, each of so many tokens as are usual: a few tens of megabytes at
  /// most, or one problem.
  private static final int BATCH = 4096;

  /// What rows weigh that are read whole: a long one counts as several.
  private static final String BY_LENGTH = "count(*) + sum(len(tokens)) // 200";

  /// Rows where they are counted by the database: a hundred megabytes at most.
  private static final int COUNTED = 2_000_000;

  private static final String BY_ROW = "count(*)";

  private final Waves waves;
  private final Storage storage;
  private final List<Problem> problems;
  private final Map<String, Integer> positions = new HashMap<>();
  private final ReentrantLock one = new ReentrantLock();

  /// What is there, for the one that writes.
  private KeyRows there;

  private Access access;
  private int lastWave;
  private int lastSegment;
  private int segments;

  /// What a ledger is open for.
  private enum Access {
    READING,
    WRITING,
    NOTHING
  }

  private DuckLedger(Waves waves, Storage storage, List<Problem> problems, Access access) {
    this.waves = waves;
    this.storage = storage;
    this.problems = List.copyOf(problems);
    this.there = new KeyRows(this.problems);
    this.access = access;
    for (int position = 0; position < problems.size(); position++) {
      positions.put(problems.get(position).id(), position);
    }
  }

  /// Opens a run's waves to be read, whether another process adds to them or not.
  static DuckLedger reading(RunFiles files, Storage storage, List<Problem> problems) {
    Waves waves = new Waves(files, storage, "");
    DuckLedger ledger = new DuckLedger(waves, storage, problems, Access.READING);
    ledger.alone(
        () ->
            ledger.waves.read(
                (snapshot, database) -> ledger.nameLost(snapshot.requireBounds(problems.size()))));
    return ledger;
  }

  /// Opens a run's waves to be added to; the caller holds the run's lock.
  static DuckLedger writing(RunFiles files, Storage storage, List<Problem> problems) {
    Waves waves = new Waves(files, storage, files.scratch().toString());
    DuckLedger ledger = new DuckLedger(waves, storage, problems, Access.WRITING);
    ledger.alone(ledger::takeStock);
    return ledger;
  }

  private boolean takeStock() {
    waves.sweep();
    waves.setLogsAside();
    waves.makeLedger();
    return waves.read(
        (snapshot, database) -> {
          there = KeyRows.read(database, snapshot.requireBounds(problems.size()), problems);
          lastWave = lastWave(snapshot, database);
          lastSegment = snapshot.last();
          segments = snapshot.segments().size();
          return nameLost(snapshot);
        });
  }

  private boolean nameLost(Snapshot snapshot) {
    List<Integer> lost = snapshot.lost();
    if (!lost.isEmpty()) {
      String numbers =
          lost.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "))
              + (lost.size() > SHOWN ? " and " + (lost.size() - SHOWN) + " more" : "");
      waves.warn("lost are the waves " + numbers + ": what they held is sampled again on a resume");
    }
    return !lost.isEmpty();
  }

  /// What went wrong in the run's files and was repaired, or can wait.
  public List<String> warnings() {
    return waves.warnings();
  }

  @Override
  public List<Problem> problems() {
    return problems;
  }

  @Override
  public Set<Key> keys() {
    return alone(
        () -> {
          boolean writing = access == Access.WRITING;
          return (writing ? there : waves.read(this::readKeys)).all();
        });
  }

  private KeyRows readKeys(Snapshot snapshot, Database database) throws SQLException {
    return KeyRows.read(database, snapshot, problems);
  }

  @Override
  public int lastWave() {
    return alone(() -> access == Access.WRITING ? lastWave : waves.read(DuckLedger::lastWave));
  }

  private static int lastWave(Snapshot snapshot, Database database) throws SQLException {
    if (snapshot.isEmpty()) {
      return 0;
    }
    return database.query(
        "SELECT coalesce(max(wave), 0) FROM " + snapshot.rows(),
        rows -> rows.next() ? rows.getInt(1) : 0);
  }

  @Override
  public void append(List<Sample> samples) {
    List<Sample> wave = List.copyOf(samples);
    alone(
        () -> {
          if (access != Access.WRITING) {
            throw new IllegalStateException("this ledger is open to be read only");
          }
          return wave.isEmpty() ? 0 : add(wave);
        });
  }

  private int add(List<Sample> wave) {
    requireFresh(wave);
    waves.write(lastSegment + 1, wave, positions);
    lastSegment++;
    segments++;
    for (Sample sample : wave) {
      there.of(sample.turn()).add(sample.key());
      lastWave = Math.max(lastWave, sample.wave());
    }
    // Put off, a fold is tried again only after as many waves more: trying costs time.
    if (segments % storage.foldAfter() == 0 && waves.fold()) {
      segments = 0;
    }
    return lastWave;
  }

  /// @throws IllegalStateException if a row is there already, or twice in the wave
  private void requireFresh(List<Sample> wave) {
    KeyRows fresh = new KeyRows(problems);
    for (Sample sample : wave) {
      Key key = sample.key();
      position(key.item());
      boolean known = there.of(sample.turn()).contains(key);
      if (known || !fresh.of(sample.turn()).add(key)) {
        throw new IllegalStateException("already in the ledger: " + key + " " + sample.turn());
      }
    }
  }

  private int position(String problem) {
    Integer position = positions.get(problem);
    if (position == null) {
      throw new IllegalArgumentException("no such problem in this run: " + problem);
    }
    return position;
  }

  @Override
  public List<Sample> samples(String problem) {
    int position = position(problem);
    return between(new SampleRows.Range(position, position)).getFirst();
  }

  @Override
  public void forEach(BiConsumer<Problem, List<Sample>> action) {
    forEach(ranges(BY_LENGTH, BATCH), (range, taker) -> taker.accept(between(range)), action);
  }

  @Override
  public void forEachReplies(BiConsumer<Problem, Replies> action) {
    forEach(ranges(BY_ROW, COUNTED), this::replies, action);
  }

  /// How the problems of a range are read: in order, in batches.
  private interface Reading<T> {
    void of(SampleRows.Range range, Consumer<List<T>> taker);
  }

  /// Reads range by range; the next one while the caller works on the one before.
  private <T> void forEach(
      Supplier<List<SampleRows.Range>> ranges, Reading<T> reading, BiConsumer<Problem, T> action) {
    Iterator<Problem> problem = problems.iterator();
    alone(waves::hold);
    try {
      Optional<Batches<T>> last = Optional.empty();
      for (SampleRows.Range range : ranges.get()) {
        Batches.Reader<T> reader = taker -> reading.of(range, taker);
        Batches<T> next =
            last.map(batches -> batches.then(reader)).orElseGet(() -> Batches.of(reader));
        last.ifPresent(read -> read.forEach(each -> action.accept(problem.next(), each)));
        last = Optional.of(next);
      }
      last.ifPresent(read -> read.forEach(each -> action.accept(problem.next(), each)));
    } finally {
      alone(waves::release);
    }
  }

  /// The problems in stretches, by what the rows of each weigh.
  private Supplier<List<SampleRows.Range>> ranges(String weight, int most) {
    return () ->
        SampleRows.Range.all(
            alone(() -> waves.read((snap, base) -> weights(snap, base, weight))), most);
  }

  private void replies(SampleRows.Range range, Consumer<List<Replies>> taker) {
    ReplyRows rows = new ReplyRows(problems, range);
    alone(() -> waves.read((snap, base) -> rows.read(base, snap.rows(), taker)));
  }

  @Override
  public Map<String, Sample> originals(List<Problem> of) {
    String some =
        of.stream()
            .map(problem -> Integer.toString(position(problem.id())))
            .collect(Collectors.joining(", "));
    return of.isEmpty() ? Map.of() : alone(() -> waves.read((s, d) -> originals(s, d, some)));
  }

  private Map<String, Sample> originals(Snapshot snapshot, Database database, String some)
      throws SQLException {
    Map<String, Sample> originals = new HashMap<>();
    if (!snapshot.isEmpty()) {
      database.query(
          SampleRows.originals(snapshot.rows(), "position IN (" + some + ")"),
          rows -> {
            while (rows.next()) {
              Sample original = SampleRows.read(rows, problems);
              originals.put(original.key().item(), original);
            }
            return originals.size();
          });
    }
    return originals;
  }

  private long[] weights(Snapshot snapshot, Database database, String weight) throws SQLException {
    long[] weights = new long[problems.size()];
    if (snapshot.isEmpty()) {
      return weights;
    }
    return database.query(
        "SELECT position, " + weight + " FROM " + snapshot.rows() + " GROUP BY position",
        rows -> {
          while (rows.next()) {
            weights[rows.getInt(1)] = rows.getLong(2);
          }
          return weights;
        });
  }

  /// The samples of each of some problems.
  private List<List<Sample>> between(SampleRows.Range range) {
    List<Sample> rows = alone(() -> waves.read((snap, base) -> between(snap, base, range)));
    List<List<Sample>> samples = new ArrayList<>();
    for (int position = range.first(); position <= range.last(); position++) {
      samples.add(new ArrayList<>());
    }
    rows.forEach(row -> samples.get(position(row.key().item()) - range.first()).add(row));
    samples.forEach(list -> list.sort(ORDER));
    return samples.stream().map(List::copyOf).toList();
  }

  private List<Sample> between(Snapshot snapshot, Database database, SampleRows.Range range)
      throws SQLException {
    if (snapshot.isEmpty()) {
      return List.of();
    }
    return database.query(
        SampleRows.where(snapshot.rows(), range.condition()),
        rows -> {
          List<Sample> samples = new ArrayList<>();
          while (rows.next()) {
            samples.add(SampleRows.read(rows, problems));
          }
          return samples;
        });
  }

  /// Does one thing at a time, out of an interrupt's reach.
  private <T> T alone(Supplier<T> work) {
    return Uninterrupted.call(
        () -> {
          one.lock();
          try {
            if (access == Access.NOTHING) {
              throw new IllegalStateException("this ledger is closed");
            }
            return work.get();
          } finally {
            one.unlock();
          }
        });
  }

  /// Folds what is left, if this ledger was open for writing and nobody is reading just now.
  @Override
  public void close() {
    Uninterrupted.run(
        () -> {
          one.lock();
          try {
            if (access == Access.WRITING && segments > 0) {
              waves.fold();
            }
            access = Access.NOTHING;
            waves.close();
          } finally {
            one.unlock();
          }
        });
  }
}
