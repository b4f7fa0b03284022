/// Model files: safetensors in, GGUF out.
@org.jspecify.annotations.NullMarked
module criticalwindows.gguf {
  requires static org.jspecify;
  requires transitive criticalwindows.core;
  requires tools.jackson.databind;

  exports criticalwindows.gguf;
  exports criticalwindows.lora;
}
