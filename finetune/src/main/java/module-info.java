/// Training: data, objectives, and the loop.
@org.jspecify.annotations.NullMarked
module criticalwindows.finetune {
  requires static org.jspecify;
  requires transitive criticalwindows.core;
  requires transitive criticalwindows.gguf;
  requires criticalwindows.store;
  requires tools.jackson.databind;

  exports criticalwindows.finetune;
}
