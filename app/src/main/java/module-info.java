/// Reports and the command line.
@org.jspecify.annotations.NullMarked
module criticalwindows.app {
  requires static org.jspecify;
  requires criticalwindows.core;
  requires criticalwindows.world;
  requires criticalwindows.llamacpp;
  requires criticalwindows.server;
  requires criticalwindows.store;
  requires criticalwindows.hub;
  requires criticalwindows.run;
  requires criticalwindows.gguf;
  requires criticalwindows.corpus;
  requires criticalwindows.tokenizer;
  requires java.desktop;
  requires java.management;
  requires tools.jackson.databind;
  requires info.picocli;
  requires transitive criticalwindows.finetune;

  exports criticalwindows.cli to
      criticalwindows.train;
  exports criticalwindows.console to
      criticalwindows.train;
}
