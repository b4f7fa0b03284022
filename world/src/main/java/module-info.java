/// A small world of texts whose every decision has known probabilities.
@org.jspecify.annotations.NullMarked
module criticalwindows.world {
  requires static org.jspecify;
  requires transitive criticalwindows.core;

  exports criticalwindows.world;
  exports criticalwindows.exact;
  exports criticalwindows.testbed;
}
