/// The work of a run, for any program: open, go on, merge.
@org.jspecify.annotations.NullMarked
module criticalwindows.run {
  requires static org.jspecify;
  requires transitive criticalwindows.core;
  requires transitive criticalwindows.world;
  requires transitive criticalwindows.store;
  requires transitive criticalwindows.finetune;
  requires criticalwindows.hub;
  requires java.sql;
  requires duckdb.jdbc;
  requires re2j;
  requires tools.jackson.databind;

  exports criticalwindows.alarm;
  exports criticalwindows.importing;
  exports criticalwindows.probing;
  exports criticalwindows.reading;
  exports criticalwindows.run;
  exports criticalwindows.scoring;
  exports criticalwindows.vectors;
}
