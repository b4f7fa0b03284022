package criticalwindows.store;

import criticalwindows.database.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// All rows of a run at one moment: the ledger, and the closed waves that it does not hold yet. As
/// long as a snapshot is open no other process can fold, so that no segment goes away.
final class Snapshot implements AutoCloseable {
  private static final String LEDGER = "ledger";

  /// More than any run has; beyond, keys alone do not fit the memory.
  static final int MOST_WAVES = 1_000_000;

  private static final int MOST_ROWS = 200_000_000;

  /// Of tokens kept at a cut, and of continuations at one.
  private static final int MOST_PLACES = 10_000_000;

  private final Database database;
  private final boolean attached;
  private final Set<Integer> folded;
  private final List<Path> segments;
  private final Set<Integer> numbers;

  private Snapshot(Database database, RunFiles files, boolean attached) throws SQLException {
    this.database = database;
    this.attached = attached;
    if (attached) {
      new LedgerTables(database, files, LEDGER).require();
    }
    this.folded = attached ? waves(database, LEDGER) : Set.of();
    List<Integer> pending =
        files.segments().stream().filter(number -> !folded.contains(number)).toList();
    this.segments = pending.stream().map(files::segment).toList();
    this.numbers = new TreeSet<>(folded);
    numbers.addAll(pending);
    if (numbers.stream().anyMatch(number -> number < 1 || number > MOST_WAVES)) {
      throw new IllegalArgumentException("a wave with a number below 1 or above " + MOST_WAVES);
    }
  }

  /// Refuses rows that no run can have, before anything is made of them.
  ///
  /// @param problems of the run
  Snapshot requireBounds(int problems) throws SQLException {
    if (!isEmpty()) {
      String wrong =
          database.query(
              "SELECT count(*), min(position), max(position), min(kept), max(kept), min(idx),"
                  + " max(idx) FROM "
                  + rows(),
              found -> found.next() ? wrong(found, problems) : "");
      if (!wrong.isEmpty()) {
        throw new IllegalArgumentException(wrong);
      }
    }
    return this;
  }

  private static String wrong(ResultSet found, int problems) throws SQLException {
    long rows = found.getLong(1);
    if (rows > MOST_ROWS) {
      return rows + " rows, more than " + MOST_ROWS;
    }
    if (rows > 0 && (found.getLong(2) < 0 || found.getLong(3) >= problems)) {
      return "a problem at position " + found.getLong(3) + " of " + problems;
    }
    boolean far = found.getLong(5) > MOST_PLACES || found.getLong(7) > MOST_PLACES;
    return found.getLong(4) < 0 || found.getLong(6) < 0 || far
        ? "a cut or a continuation with a number below 0 or above " + MOST_PLACES
        : "";
  }

  static Snapshot take(Database database, RunFiles files) throws SQLException {
    boolean attached = Files.exists(files.ledger());
    if (attached) {
      database.run("ATTACH " + Database.literal(files.ledger()) + " AS " + LEDGER + " (READ_ONLY)");
    }
    try {
      return new Snapshot(database, files, attached);
    } catch (SQLException | RuntimeException e) {
      if (attached) {
        database.run("DETACH " + LEDGER);
      }
      throw e;
    }
  }

  /// The waves that a ledger holds.
  static Set<Integer> waves(Database database, String ledger) throws SQLException {
    long count =
        database.query(
            "SELECT count(*) FROM " + ledger + ".waves", rows -> rows.next() ? rows.getLong(1) : 0);
    if (count > MOST_WAVES) {
      throw new IllegalArgumentException(count + " waves");
    }
    return database.query(
        "SELECT number FROM " + ledger + ".waves",
        rows -> {
          Set<Integer> numbers = new TreeSet<>();
          while (rows.next()) {
            numbers.add(rows.getInt(1));
          }
          return numbers;
        });
  }

  /// The rows, as a table of SQL with all columns of [SampleRows]; there is none while this is
  /// [empty][#isEmpty].
  String rows() {
    String ledger = attached ? "SELECT * FROM " + LEDGER + ".samples" : "";
    String waves = segments.isEmpty() ? "" : "SELECT * FROM " + Database.parquet(segments);
    List<String> parts = Stream.of(ledger, waves).filter(part -> !part.isEmpty()).toList();
    return "(" + String.join(" UNION ALL BY NAME ", parts) + ")";
  }

  /// Whether there is nothing to ask.
  boolean isEmpty() {
    return numbers.isEmpty();
  }

  /// The waves that lie as segments of their own.
  List<Path> segments() {
    return segments;
  }

  /// The number of the last wave, 0 before the first.
  int last() {
    return numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /// The numbers that are neither in the ledger nor in a segment, though later ones are.
  List<Integer> lost() {
    List<Integer> lost = new ArrayList<>();
    for (int number = 1; number < last(); number++) {
      if (!numbers.contains(number)) {
        lost.add(number);
      }
    }
    return lost;
  }

  @Override
  public void close() throws SQLException {
    if (attached) {
      database.run("DETACH " + LEDGER);
    }
  }
}
