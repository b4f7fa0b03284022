/// Runs on disk: the DuckDB ledger and run.json.
@org.jspecify.annotations.NullMarked
module criticalwindows.store {
  requires static org.jspecify;
  requires transitive criticalwindows.core;
  requires java.sql;
  requires duckdb.jdbc;
  requires tools.jackson.databind;

  exports criticalwindows.store;
}
