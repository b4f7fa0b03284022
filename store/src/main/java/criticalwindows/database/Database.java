package criticalwindows.database;

import criticalwindows.error.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// A DuckDB that lives in memory and reads and writes the files of one folder, and no other: a
/// database file can hold views, and a view can name any file. It fetches nothing: what it needs is
/// linked in.
public final class Database implements AutoCloseable {
  private final DuckDBConnection connection;

  private Database(DuckDBConnection connection) {
    this.connection = connection;
  }

  /// What is made of a statement's result.
  public interface Reading<T> {
    /// Reads it.
    T of(ResultSet rows) throws SQLException;
  }

  /// How much of the machine it may take.
  ///
  /// @param mebibytes of memory, at least 64
  /// @param threads at least 1
  public record Share(int mebibytes, int threads) {
    /// Small beside a model.
    public static final Share STANDARD = new Share(512, 2);

    public Share {
      if (mebibytes < 64 || threads < 1) {
        throw new IllegalArgumentException(mebibytes + " MiB, " + threads + " threads");
      }
    }
  }

  /// Opens one.
  ///
  /// @param scratch the folder for what does not fit its memory, empty for none
  /// @param reach the only folder, or file, that its statements can read or write
  public static Database open(Share share, String scratch, Path reach) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", share.mebibytes() + "MiB");
    settings.setProperty("threads", Integer.toString(share.threads()));
    settings.setProperty("temp_directory", scratch);
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("jdbc_stream_results", "true");
    try {
      Database database =
          new Database((DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings));
      database.confine(reach.toAbsolutePath().normalize());
      return database;
    } catch (LinkageError e) {
      throw notUnpacked(e);
    }
  }

  private void confine(Path reach) throws SQLException {
    String allowed = Files.isDirectory(reach) ? "allowed_directories" : "allowed_paths";
    run(
        "SET " + allowed + " = [" + literal(reach) + ", " + exactly(reach) + "]",
        "SET enable_external_access = false",
        "SET lock_configuration = true");
  }

  /// The database is a library, which each process unpacks anew where its driver finds none beside
  /// its jar.
  private static UserError notUnpacked(LinkageError e) {
    Throwable reason = e;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    return new UserError(
        "DuckDB cannot be unpacked to " + System.getProperty("java.io.tmpdir") + ": " + reason,
        "free some disk space there, or name another folder:"
            + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER",
        e);
  }

  /// Runs statements, one after the other.
  public void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /// Asks, and gives what is made of the rows.
  public <T> T query(String sql, Reading<T> reading) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return reading.of(rows);
    }
  }

  /// Adds rows to a table.
  public DuckDBAppender appender(String table) throws SQLException {
    return connection.createAppender(table);
  }

  /// A path as a string of SQL.
  public static String literal(Path path) {
    return "'" + path.toString().replace("'", "''") + "'";
  }

  /// The Parquet files as a table of SQL.
  public static String parquet(List<Path> files) {
    return files.stream()
        .map(Database::exactly)
        .collect(Collectors.joining(", ", "read_parquet([", "], union_by_name = true)"));
  }

  /// Each of a path's wildcards in brackets stands for itself.
  private static String exactly(Path path) {
    return "'" + path.toString().replace("'", "''").replaceAll("[\\[*]", "[$0]") + "'";
  }

  /// Refuses a path that the database cannot be told: what follows a `?` it takes for options, and
  /// beside a wildcard a backslash for the end of a folder's name.
  ///
  /// @param what is there, for people
  public static void requireSayable(Path path, String what) {
    String text = path.toString();
    if (text.indexOf('?') >= 0) {
      throw new UserError(
          what + " cannot have a ? in its path: " + path,
          "name another one: the database takes what follows a ? for options");
    }
    if (text.indexOf('\\') >= 0 && (text.indexOf('[') >= 0 || text.indexOf('*') >= 0)) {
      throw new UserError(
          what + " cannot have a \\ and a [ or * in its path: " + path,
          "name another one: the database takes the \\ for the end of a folder's name there");
    }
  }

  /// Whether a file could not be opened only because someone else has it open.
  public static boolean held(SQLException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Could not set lock on file")
        || message.contains("Unique file handle conflict");
  }

  /// Whether a file is whole, but of a version that this one does not read.
  public static boolean ofAnotherVersion(SQLException e) {
    return String.valueOf(e.getMessage()).contains("we can only read versions");
  }

  /// The first line of what the database says.
  public static String reason(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the database in memory does not close", e);
    }
  }
}
