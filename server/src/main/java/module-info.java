/// A model behind HTTP: asked, and served.
@org.jspecify.annotations.NullMarked
module criticalwindows.server {
  requires static org.jspecify;
  requires transitive criticalwindows.core;
  requires criticalwindows.tokenizer;
  requires java.net.http;
  requires jdk.httpserver;
  requires tools.jackson.databind;

  exports criticalwindows.remote;
  exports criticalwindows.serve;
}
