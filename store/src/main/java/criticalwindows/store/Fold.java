package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.disk.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/// Moves closed waves into the ledger. The steps come in this order, and a wave's segment goes only
/// after the ledger's checkpoint is on the disk: whatever is interrupted, each wave is whole in one
/// of the two, and where it is in both the ledger's own list of waves tells.
final class Fold {
  private static final String LEDGER = "folded";

  /// The last group of rows is written anew by the next fold: at the database's own size of 122,880
  /// that made folds of long samples three times as expensive, and one problem's rows slower to
  /// find.
  private static final int ROW_GROUP = 16_384;

  private final Database database;
  private final RunFiles files;

  Fold(Database database, RunFiles files) {
    this.database = database;
    this.files = files;
  }

  /// All steps. What fails leaves every wave where it was.
  static void run(Database database, RunFiles files) throws SQLException, IOException {
    Fold fold = new Fold(database, files);
    List<Integer> taken;
    fold.open();
    try {
      taken = fold.insert();
      fold.checkpoint();
    } finally {
      fold.close();
    }
    fold.delete(taken);
  }

  /// Opens the ledger for writing, which gives it its tables if it is new. A log that was left
  /// behind is not replayed: every wave in it still has its segment.
  void open() throws SQLException, IOException {
    setLogsAside(files);
    database.run(
        "ATTACH "
            + Database.literal(files.ledger())
            + " AS "
            + LEDGER
            + " (ROW_GROUP_SIZE "
            + ROW_GROUP
            + ")");
    LedgerTables tables = new LedgerTables(database, files, LEDGER);
    tables.createIfNew();
    tables.require();
  }

  /// Takes every wave that is not there yet, all of them or none.
  ///
  /// @return the waves whose segments the ledger now stands for
  List<Integer> insert() throws SQLException {
    List<Integer> there = files.segments();
    Set<Integer> folded = Snapshot.waves(database, LEDGER);
    List<Integer> fresh = there.stream().filter(number -> !folded.contains(number)).toList();
    if (!fresh.isEmpty()) {
      database.run("BEGIN");
      insert(fresh);
      forgive(folded, there);
      database.run("COMMIT");
    }
    return there;
  }

  private void insert(List<Integer> fresh) throws SQLException {
    List<Path> segments = fresh.stream().map(files::segment).toList();
    database.run(
        "INSERT INTO "
            + LEDGER
            + ".samples BY NAME SELECT * FROM "
            + Database.parquet(segments)
            + " ORDER BY position, arm, kept, idx, turn");
    for (int number : fresh) {
      database.run(
          "INSERT INTO "
              + LEDGER
              + ".waves SELECT "
              + number
              + ", count(*) FROM "
              + Database.parquet(List.of(files.segment(number))));
    }
  }

  /// Lists the waves that are nowhere, though later ones are, as empty. They were named when the
  /// run was opened, and what they held is sampled again under new numbers.
  private void forgive(Set<Integer> folded, List<Integer> there) throws SQLException {
    for (int number = 1; number < there.getLast(); number++) {
      if (!folded.contains(number) && !there.contains(number)) {
        database.run("INSERT INTO " + LEDGER + ".waves VALUES (" + number + ", 0)");
      }
    }
  }

  void checkpoint() throws SQLException {
    database.run("CHECKPOINT " + LEDGER);
  }

  /// Lets go of the ledger.
  void close() throws SQLException {
    database.run("DETACH " + LEDGER);
  }

  void delete(List<Integer> taken) throws IOException {
    for (int number : taken) {
      Files.deleteIfExists(files.segment(number));
    }
    Durable.sync(files.waves());
  }

  /// Puts the logs of a fold that was cut off out of the database's way.
  ///
  /// @return whether there was one
  static boolean setLogsAside(RunFiles files) throws IOException {
    List<Path> logs = files.logs();
    for (Path log : logs) {
      Durable.publish(log, RunFiles.aside(log));
    }
    return !logs.isEmpty();
  }
}
