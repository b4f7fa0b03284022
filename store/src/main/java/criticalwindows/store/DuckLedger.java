package criticalwindows.store;

import criticalwindows.dataset.Problem;
import criticalwindows.experiment.Key;
import criticalwindows.experiment.Ledger;
import criticalwindows.experiment.Sample;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A ledger in a run's folder. A wave is one closed Parquet file before [#append] returns; now and
/// then these files are folded into one DuckDB file. Any number of processes can read meanwhile.
///
/// Any thread may use it, and an interrupt of that thread never reaches the files.
public final class DuckLedger implements Ledger {
  private static final Comparator<Sample> ORDER =
      Comparator.comparing(Sample::key).thenComparing(Sample::turn);

  /// Rows that are read in one go: a few tens of megabytes at most.
  private static final int BATCH = 4096;

  private final Waves waves;
  private final Storage storage;
  private final List<Problem> problems;
  private final Map<String, Integer> positions = new HashMap<>();
  private final ReentrantLock one = new ReentrantLock();

  /// What is there, for the one that writes: a bit for each turn of a script.
  private final Map<Key, Integer> turns = new LinkedHashMap<>();

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
    this.access = access;
    for (int position = 0; position < problems.size(); position++) {
      positions.put(problems.get(position).id(), position);
    }
  }

  /// Opens a run's waves to be read, whether another process adds to them or not.
  static DuckLedger reading(RunFiles files, Storage storage, List<Problem> problems) {
    Waves waves = new Waves(files, storage, "");
    DuckLedger ledger = new DuckLedger(waves, storage, problems, Access.READING);
    ledger.alone(() -> ledger.waves.read((snapshot, database) -> ledger.nameLost(snapshot)));
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
    return waves.read(
        (snapshot, database) -> {
          turns.putAll(turns(snapshot, database));
          lastWave = lastWave(snapshot, database);
          lastSegment = snapshot.last();
          segments = snapshot.segments().size();
          return nameLost(snapshot);
        });
  }

  private boolean nameLost(Snapshot snapshot) {
    List<Integer> lost = snapshot.lost();
    if (!lost.isEmpty()) {
      String numbers = lost.stream().map(String::valueOf).collect(Collectors.joining(", "));
      waves.warn("lost are the waves " + numbers + ": what they held is sampled again on a resume");
    }
    return !lost.isEmpty();
  }

  /// What went wrong in the run's files and was mended, or can wait.
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
          Map<Key, Integer> there = access == Access.WRITING ? turns : waves.read(this::turns);
          return Collections.unmodifiableSet(new LinkedHashSet<>(there.keySet()));
        });
  }

  private Map<Key, Integer> turns(Snapshot snapshot, Database database) throws SQLException {
    if (snapshot.isEmpty()) {
      return Map.of();
    }
    return database.query(
        "SELECT position, list_position("
            + names(Key.Role.values())
            + ", role), kept, idx, bit_or(CASE turn WHEN 'RESPONSE' THEN 1 ELSE 2 END) FROM "
            + snapshot.rows()
            + " GROUP BY ALL ORDER BY ALL",
        this::turns);
  }

  private Map<Key, Integer> turns(ResultSet rows) throws SQLException {
    Key.Role[] roles = Key.Role.values();
    Map<Key, Integer> turns = new LinkedHashMap<>();
    while (rows.next()) {
      String problem = problems.get(rows.getInt(1)).id();
      Key key = new Key(problem, roles[rows.getInt(2) - 1], rows.getInt(3), rows.getInt(4));
      turns.put(key, rows.getInt(5));
    }
    return turns;
  }

  /// A list of SQL in which the first name has place 1.
  private static String names(Key.Role[] roles) {
    return Arrays.stream(roles)
        .map(role -> "'" + role.name() + "'")
        .collect(Collectors.joining(", ", "[", "]"));
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
    Map<Key, Integer> fresh = fresh(wave);
    waves.write(lastSegment + 1, wave, positions);
    lastSegment++;
    segments++;
    fresh.forEach((key, bits) -> turns.merge(key, bits, (one, other) -> one | other));
    for (Sample sample : wave) {
      lastWave = Math.max(lastWave, sample.wave());
    }
    // Put off, a fold is tried again only after as many waves more: trying costs time.
    if (segments % storage.foldAfter() == 0 && waves.fold()) {
      segments = 0;
    }
    return lastWave;
  }

  /// The wave's scripts and their turns.
  ///
  /// @throws IllegalStateException if one is there already, or twice in the wave
  private Map<Key, Integer> fresh(List<Sample> wave) {
    Map<Key, Integer> fresh = new LinkedHashMap<>();
    for (Sample sample : wave) {
      Key key = sample.key();
      position(key.problem());
      int bit = bit(sample.turn());
      int there = turns.getOrDefault(key, 0) | fresh.getOrDefault(key, 0);
      if ((there & bit) != 0) {
        throw new IllegalStateException("already in the ledger: " + key + " " + sample.turn());
      }
      fresh.merge(key, bit, (one, other) -> one | other);
    }
    return fresh;
  }

  private static int bit(Sample.Turn turn) {
    return switch (turn) {
      case RESPONSE -> 1;
      case ANSWER -> 2;
    };
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
    return between(position, position).getFirst();
  }

  @Override
  public void forEach(BiConsumer<Problem, List<Sample>> action) {
    int[] rows = alone(() -> waves.read(this::rows));
    int first = 0;
    while (first < rows.length) {
      int last = first;
      int batch = rows[first];
      while (last + 1 < rows.length && batch + rows[last + 1] <= BATCH) {
        last++;
        batch += rows[last];
      }
      List<List<Sample>> samples = between(first, last);
      for (int i = 0; i < samples.size(); i++) {
        action.accept(problems.get(first + i), samples.get(i));
      }
      first = last + 1;
    }
  }

  /// How many rows each problem has.
  private int[] rows(Snapshot snapshot, Database database) throws SQLException {
    int[] counts = new int[problems.size()];
    if (snapshot.isEmpty()) {
      return counts;
    }
    return database.query(
        "SELECT position, count(*) FROM " + snapshot.rows() + " GROUP BY position",
        rows -> {
          while (rows.next()) {
            counts[rows.getInt(1)] = rows.getInt(2);
          }
          return counts;
        });
  }

  /// The samples of each problem from one position to another, both included.
  private List<List<Sample>> between(int first, int last) {
    List<Sample> rows = alone(() -> waves.read((snap, base) -> between(snap, base, first, last)));
    List<List<Sample>> samples = new ArrayList<>();
    for (int position = first; position <= last; position++) {
      samples.add(new ArrayList<>());
    }
    rows.forEach(row -> samples.get(position(row.key().problem()) - first).add(row));
    samples.forEach(list -> list.sort(ORDER));
    return samples.stream().map(List::copyOf).toList();
  }

  private List<Sample> between(Snapshot snapshot, Database database, int first, int last)
      throws SQLException {
    if (snapshot.isEmpty()) {
      return List.of();
    }
    return database.query(
        SampleRows.between(snapshot.rows(), first, last),
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
