package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The waves of a run on disk: written one by one, folded now and then, read at any moment. One
/// thread at a time.
final class Waves implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final RunFiles files;
  private final Storage storage;
  private final String scratch;
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private @Nullable Database database;
  private @Nullable Snapshot held;
  private int holds;

  /// @param scratch the database's folder for what does not fit its memory, empty for none
  Waves(RunFiles files, Storage storage, String scratch) {
    this.files = files;
    this.storage = storage;
    this.scratch = scratch;
  }

  /// What is read from a snapshot.
  interface Reading<T> {
    T of(Snapshot snapshot, Database database) throws SQLException;
  }

  /// What went wrong and was repaired, or can wait.
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /// Says something once.
  void warn(String warning) {
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /// From now on all is read from one moment, until [#release]; meanwhile nobody folds.
  boolean hold() {
    holds++;
    return true;
  }

  /// The end of a [#hold].
  boolean release() {
    holds--;
    letGo();
    return true;
  }

  private void letGo() {
    Snapshot open = held;
    if (open != null && holds == 0) {
      held = null;
      try {
        open.close();
      } catch (SQLException e) {
        close();
      }
    }
  }

  /// Reads; while another process folds, waits for it.
  ///
  /// @throws UserError if the fold does not end, or a file is damaged
  <T> T read(Reading<T> reading) {
    mendLogs();
    for (long i = storage.readerWait().dividedBy(PAUSE); i >= 0; i--) {
      Optional<T> read = attempt(reading);
      if (read.isPresent()) {
        return read.get();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new UserError(
        "another process has " + files.ledger() + " open for writing",
        "try again in a moment; if a database tool has it open, close that");
  }

  private <T> Optional<T> attempt(Reading<T> reading) {
    try {
      return Optional.of(reading.of(snapshot(), database()));
    } catch (SQLException e) {
      close();
      if (Database.held(e)) {
        return Optional.empty();
      }
      throw new Damage(files, storage).failure(e);
    } catch (IndexOutOfBoundsException
        | IllegalArgumentException
        | ClassCastException
        | NullPointerException e) {
      close();
      throw Damage.strange(files.root(), e);
    } finally {
      letGo();
    }
  }

  private Snapshot snapshot() throws SQLException {
    Snapshot open = held;
    if (open == null) {
      open = Snapshot.take(database(), files);
      held = open;
    }
    return open;
  }

  /// A log that lies here while nobody writes is what a killed process left in the middle of a
  /// fold.
  private void mendLogs() {
    if (!files.logs().isEmpty()) {
      try (RunLock lock = RunLock.tryAcquire(files).orElse(null)) {
        if (lock != null) {
          setLogsAside();
        }
      }
    }
  }

  /// Puts away the logs that a killed process left, as the one that may write.
  void setLogsAside() {
    try {
      if (Fold.setLogsAside(files)) {
        warn(
            "a fold had been cut off: its log lies beside the ledger as ledger.duckdb.wal.aside,"
                + " and the ledger is as it was at its last checkpoint");
      }
    } catch (IOException e) {
      throw Durable.unwritable(files.root(), e);
    }
  }

  /// Writes a wave: it is on the disk when this returns, all of it, or nothing of it is.
  ///
  /// @param positions of the problems in the run
  void write(int number, List<Sample> wave, Map<String, Integer> positions) {
    if (number > Snapshot.MOST_WAVES) {
      throw new UserError(
          "the run has " + Snapshot.MOST_WAVES + " waves, and cannot have another",
          "begin another run; more memory or more calls at once make larger waves");
    }
    Path segment = files.segment(number);
    Path part = Durable.part(segment);
    try {
      RunKinds.clear(part);
      SampleRows.write(database(), wave, positions, part);
      Durable.publish(part, segment);
    } catch (SQLException e) {
      close();
      Durable.discard(part);
      throw new UserError(
          "wave " + number + " cannot be written: " + Database.reason(e),
          "free some disk space or make "
              + files.waves()
              + " writable, then go on: all before is safe",
          e);
    } catch (IOException e) {
      Durable.discard(part);
      Durable.discard(segment);
      throw Durable.unwritable(segment, e);
    }
  }

  /// Makes the ledger of a new run, so that from the first wave on whoever reads has it open, and
  /// nobody takes segments away meanwhile.
  void makeLedger() {
    if (!Files.exists(files.ledger()) && files.segments().isEmpty()) {
      fold();
    }
  }

  /// Folds the segments into the ledger. Where that cannot be now, they stay as they are.
  ///
  /// @return whether it could be
  boolean fold() {
    if (held != null) {
      return false;
    }
    try {
      Fold.run(database(), files);
      return true;
    } catch (SQLException e) {
      close();
      if (!Database.held(e)) {
        setLogsAside();
        warn("the ledger takes no waves, which stay in segments: " + Database.reason(e));
      }
    } catch (IOException e) {
      warn("folded segments could not be deleted, which does no harm: " + Durable.reason(e));
    }
    return false;
  }

  /// The database in memory, a fresh one after a failure.
  private Database database() throws SQLException {
    Database open = database;
    if (open == null) {
      open = Database.open(storage.share(), scratch, files.root());
      database = open;
    }
    return open;
  }

  /// Removes what a killed process left unfinished, and puts back the folder of the waves, which
  /// copying tools like to leave out when it is empty.
  void sweep() {
    try {
      Files.createDirectories(files.waves());
    } catch (IOException e) {
      throw Durable.unwritable(files.waves(), e);
    }
    for (Path folder : List.of(files.root(), files.waves(), files.scratch())) {
      RunKinds.leftOver(folder).forEach(Durable::discard);
    }
  }

  @Override
  public void close() {
    Database open = database;
    database = null;
    held = null;
    if (open != null) {
      open.close();
    }
  }
}
