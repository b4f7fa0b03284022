/// Data sets and the built-in model, by name.
@org.jspecify.annotations.NullMarked
module criticalwindows.hub {
  requires static org.jspecify;
  requires transitive criticalwindows.core;
  requires transitive criticalwindows.world;
  requires criticalwindows.store;
  requires transitive tools.jackson.databind;

  exports criticalwindows.download;
  exports criticalwindows.benchmark;
  exports criticalwindows.hub;
}
