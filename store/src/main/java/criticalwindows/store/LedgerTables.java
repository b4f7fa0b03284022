package criticalwindows.store;

import criticalwindows.database.Database;
import criticalwindows.error.UserError;
import java.sql.SQLException;

/// The tables of a ledger's file, and the number of their format, which is the run's.
///
/// @param ledger the name under which the file is attached
record LedgerTables(Database database, RunFiles files, String ledger) {
  private static final String FORMAT = "format " + ManifestJson.FORMAT;

  /// What the file holds.
  ///
  /// @param format as the file says it; empty where it says none
  private record Found(long all, long ours, String format) {}

  /// Gives a file without tables its own.
  void createIfNew() throws SQLException {
    if (found().all == 0) {
      database.run(
          "BEGIN",
          "CREATE TABLE " + ledger + ".waves (number INTEGER, samples BIGINT)",
          "CREATE TABLE " + ledger + ".samples " + SampleRows.COLUMNS,
          "COMMENT ON TABLE " + ledger + ".waves IS '" + FORMAT + "'",
          "COMMIT");
    }
  }

  /// Refuses a ledger of another format, and one in which something else stands in for a table: a
  /// view runs whatever statement its maker wrote.
  void require() throws SQLException {
    Found found = found();
    if (found.ours != 2) {
      throw new UserError(
          files.ledger() + " holds no tables of a run under the names waves and samples",
          "do not trust this folder if it is not your own; else put a copy of ledger.duckdb back");
    }
    if (!found.format.equals(FORMAT)) {
      throw new UserError(
          files.ledger() + " is of another format; this program reads " + FORMAT,
          "use the version of the program that wrote the run");
    }
  }

  private Found found() throws SQLException {
    return database.query(
        "SELECT count(*), count(*) FILTER (WHERE table_name IN ('waves', 'samples')),"
            + " coalesce(max(comment) FILTER (WHERE table_name = 'waves'), '')"
            + " FROM duckdb_tables() WHERE database_name = '"
            + ledger
            + "' AND schema_name = 'main'",
        rows ->
            rows.next()
                ? new Found(rows.getLong(1), rows.getLong(2), rows.getString(3))
                : new Found(0, 0, ""));
  }
}
