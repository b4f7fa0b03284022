/// Runs on disk, and tables for other programs.
@org.jspecify.annotations.NullMarked
module criticalwindows.store {
  requires static org.jspecify;
  requires transitive criticalwindows.core;
  requires java.sql;
  requires duckdb.jdbc;
  requires tools.jackson.databind;

  exports criticalwindows.database to
      criticalwindows.run;
  exports criticalwindows.disk;
  exports criticalwindows.tables;
  exports criticalwindows.store;
}
