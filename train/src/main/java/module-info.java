/// Training with LibTorch, and the command line that has it.
@org.jspecify.annotations.NullMarked
module criticalwindows.train {
  requires static org.jspecify;
  requires criticalwindows.core;
  requires criticalwindows.gguf;
  requires criticalwindows.finetune;
  requires criticalwindows.app;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.pytorch;
  requires org.bytedeco.openblas;
}
