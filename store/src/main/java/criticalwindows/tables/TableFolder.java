package criticalwindows.tables;

import criticalwindows.database.Database;
import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;

/// A folder of tables in one format, one file each, written row by row. However many rows there
/// are, they are held by the database, within its memory and then on disk, and not in the heap.
///
/// In CSV a text that a spreadsheet could take for a formula, because it begins with `=`, `+`, `-`,
/// `@` of any width, a tab or a line break and is no plain number, gets an apostrophe in front, and
/// so does one that begins with an apostrophe: what models write is not to be run by opening a
/// file. Parquet and JSON hold every text as it is.
public final class TableFolder implements AutoCloseable {
  /// The last eight are other widths of the first four, which some spreadsheets take for these.
  private static final Pattern FORMULA =
      Pattern.compile(
          "(?s)[=+\\-@\t\r\n"
              + "'\\x{ff1d}\\x{ff0b}\\x{ff0d}\\x{ff20}\\x{fe66}\\x{fe62}\\x{fe63}\\x{fe6b}].*");

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(?:[.,/][0-9]+)?%?");

  private final Path folder;
  private final Format format;
  private final Database database;
  private final Map<Table, DuckDBAppender> tables = new LinkedHashMap<>();

  /// A kind of file.
  public enum Format {
    PARQUET("parquet", "FORMAT parquet, COMPRESSION zstd"),
    CSV("csv", "FORMAT csv, HEADER true"),
    /// One object a line.
    JSON("jsonl", "FORMAT json");

    private final String ending;
    private final String options;

    Format(String ending, String options) {
      this.ending = ending;
      this.options = options;
    }
  }

  private TableFolder(Path folder, Format format, Database database) {
    this.folder = folder;
    this.format = format;
    this.database = database;
  }

  /// Begins a folder of these tables.
  ///
  /// @param folder that is not there yet, or empty
  /// @throws UserError if it holds something already or cannot be written
  public static TableFolder create(Path folder, Format format, List<Table> tables) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root);
      try (Stream<Path> there = Files.list(root)) {
        if (there.findAny().isPresent()) {
          throw new UserError(
              "the folder " + root + " is not empty", "name a new folder for the tables");
        }
      }
      Database database = Database.open(Database.Share.STANDARD, scratch(root).toString(), root);
      TableFolder made = new TableFolder(root, format, database);
      made.create(tables);
      return made;
    } catch (IOException e) {
      throw Durable.unwritable(root, e);
    } catch (SQLException e) {
      throw unwritable(root, e);
    }
  }

  private void create(List<Table> all) throws SQLException {
    for (Table table : all) {
      database.run(table.create());
      tables.put(table, database.appender(table.name()));
    }
  }

  /// Adds a row.
  ///
  /// @param cells as many as the table has columns
  public void add(Table table, List<Table.Cell> cells) {
    if (cells.size() != table.columns().size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells in a row of " + table.columns().size());
    }
    DuckDBAppender rows = Objects.requireNonNull(tables.get(table), table.name());
    try {
      rows.beginRow();
      for (Table.Cell cell : cells) {
        append(rows, cell);
      }
      rows.endRow();
    } catch (SQLException e) {
      throw unwritable(folder, e);
    }
  }

  private void append(DuckDBAppender rows, Table.Cell cell) throws SQLException {
    switch (cell) {
      case Table.Cell.Text text -> rows.append(shown(text.value()));
      case Table.Cell.Whole whole -> rows.append(whole.value());
      case Table.Cell.Real real -> rows.append(real.value());
      case Table.Cell.Flag flag -> rows.append(flag.value());
      case Table.Cell.Texts texts -> rows.append(texts.values().stream().map(this::shown).toList());
      case Table.Cell.Wholes wholes ->
          rows.append(wholes.values().stream().mapToInt(each -> each).toArray());
      case Table.Cell.Reals reals ->
          rows.append(reals.values().stream().mapToDouble(each -> each).toArray());
      case Table.Cell.Absent absent -> rows.appendNull();
    }
  }

  private String shown(String text) {
    String whole = whole(text);
    boolean formula = FORMULA.matcher(whole).matches() && !NUMBER.matcher(whole).matches();
    return format == Format.CSV && formula ? "'" + whole : whole;
  }

  /// The text with half a surrogate pair, which no UTF-8 can hold, shown as U+FFFD.
  private static String whole(String text) {
    StringBuilder whole = new StringBuilder();
    text.codePoints()
        .map(point -> point >= 0xd800 && point <= 0xdfff ? 0xfffd : point)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  /// Writes every table as one file.
  ///
  /// @return the files
  public List<Path> finish() {
    try {
      for (DuckDBAppender rows : tables.values()) {
        rows.close();
      }
      for (Table table : tables.keySet()) {
        Path part = Durable.part(file(table));
        database.run(
            "COPY \""
                + table.name()
                + "\" TO "
                + Database.literal(part)
                + " ("
                + format.options
                + ", USE_TMP_FILE false)",
            "DROP TABLE \"" + table.name() + "\"");
        Durable.publish(part, file(table));
      }
      return tables.keySet().stream().map(this::file).toList();
    } catch (SQLException e) {
      throw unwritable(folder, e);
    } catch (IOException e) {
      throw Durable.unwritable(folder, e);
    }
  }

  private Path file(Table table) {
    return folder.resolve(table.name() + "." + format.ending);
  }

  private static Path scratch(Path root) {
    return root.resolve(".scratch");
  }

  private static UserError unwritable(Path folder, SQLException e) {
    return new UserError(
        "the tables in " + folder + " cannot be written: " + Database.reason(e),
        "free some disk space or make the folder writable, or name another one",
        e);
  }

  @Override
  public void close() {
    database.close();
    try (Stream<Path> left =
        Files.exists(scratch(folder)) ? Files.list(scratch(folder)) : Stream.of()) {
      left.forEach(Durable::discard);
    } catch (IOException e) {
      return; // What the database left in its scratch folder does no harm.
    }
    Durable.discard(scratch(folder));
  }
}
