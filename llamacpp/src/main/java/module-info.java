/// Llama.cpp in this process.
@org.jspecify.annotations.NullMarked
module criticalwindows.llamacpp {
  requires static org.jspecify;
  requires transitive criticalwindows.core;
  requires criticalwindows.gguf;
  requires jdk.management;

  exports criticalwindows.llamacpp;
}
