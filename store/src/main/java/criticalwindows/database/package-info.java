/// DuckDB in memory, which reads and writes the files of one folder and no other.
///
/// Arrows: error.
package criticalwindows.database;
