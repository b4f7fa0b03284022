package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Finds out which file of a run cannot be read, and which still can.
final class Damage {
  private final RunFiles files;
  private final Storage storage;

  Damage(RunFiles files, Storage storage) {
    this.files = files;
    this.storage = storage;
  }

  /// What a failed reading means, and what can be done.
  UserError failure(SQLException e) {
    if (Database.reason(e).startsWith("Out of Memory")) {
      return new UserError(
          "the run " + files.root() + " does not fit the store's memory: " + Database.reason(e),
          "give the store more than " + storage.mebibytes() + " MiB",
          e);
    }
    if (Database.ofAnotherVersion(e)) {
      return new UserError(
          files.ledger() + " is of another version: " + Database.reason(e),
          "use the version of the program that wrote the run, or a newer one; nothing is lost",
          e);
    }
    List<Path> bad = new ArrayList<>();
    List<Path> good = new ArrayList<>();
    for (int number : files.segments()) {
      Path segment = files.segment(number);
      (whole(segment) ? good : bad).add(segment);
    }
    return bad.isEmpty() ? ledger(good, e) : segments(bad, e);
  }

  /// Rows that can be read, and that no run writes.
  static UserError strange(Path where, RuntimeException e) {
    return new UserError(
        where + " holds rows that no run writes: " + e.getMessage(),
        "do not trust this folder if it is not your own; else put a copy of it back",
        e);
  }

  private boolean whole(Path segment) {
    try (Database database = Database.open(storage.share(), "", files.root())) {
      return database.query(
          "SELECT bit_xor(hash(part)) FROM " + Database.parquet(List.of(segment)) + " part",
          rows -> rows.next());
    } catch (SQLException e) {
      return false;
    }
  }

  private UserError ledger(List<Path> good, SQLException e) {
    String safe = good.isEmpty() ? "no wave lies outside it" : "still good are " + names(good);
    return new UserError(
        files.ledger() + " cannot be read (" + safe + "): " + Database.reason(e),
        "put a copy of ledger.duckdb back, or move it away and resume: only what it held is sampled"
            + " again",
        e);
  }

  private static UserError segments(List<Path> bad, SQLException e) {
    return new UserError(
        "damaged in the run's waves: " + names(bad) + ": " + Database.reason(e),
        "move it away and resume: only what it held is sampled again",
        e);
  }

  private static String names(List<Path> segments) {
    return segments.stream()
        .map(segment -> String.valueOf(segment.getFileName()))
        .collect(Collectors.joining(", "));
  }
}
