/// The built-in model and problems, by name.
@org.jspecify.annotations.NullMarked
module criticalwindows.hub {
  requires static org.jspecify;
  requires transitive criticalwindows.core;
  requires tools.jackson.databind;

  exports criticalwindows.hub;
}
