package criticalwindows.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All rows of a run at one moment: the ledger, and the closed waves that it does not hold yet. As
/// long as a snapshot is open no other process can fold, so that no segment goes away.
final class Snapshot implements AutoCloseable {
  private static final String LEDGER = "ledger";

  private final Database database;
  private final boolean attached;
  private final Set<Integer> folded;
  private final List<Path> segments;
  private final Set<Integer> numbers;

  private Snapshot(Database database, RunFiles files, boolean attached) throws SQLException {
    this.database = database;
    this.attached = attached;
    this.folded = attached ? waves(database, LEDGER) : Set.of();
    List<Integer> pending =
        files.segments().stream().filter(number -> !folded.contains(number)).toList();
    this.segments = pending.stream().map(files::segment).toList();
    this.numbers = new TreeSet<>(folded);
    numbers.addAll(pending);
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

  /// The rows, as a table of SQL with all columns of [SampleRows].
  String rows() {
    String ledger = attached ? "SELECT * FROM " + LEDGER + ".samples" : "";
    String waves = segments.isEmpty() ? "" : "SELECT * FROM " + Database.parquet(segments);
    // A run of before a column was there has none of it.
    String columns =
        SampleRows.LATER.stream()
            .map(column -> "NULL::FLOAT[] AS " + column)
            .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
    List<String> parts = Stream.of(ledger, waves, columns).filter(part -> !part.isEmpty()).toList();
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
