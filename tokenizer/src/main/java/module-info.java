/// Texts as token ids, as a model's `tokenizer.json` says.
@org.jspecify.annotations.NullMarked
module criticalwindows.tokenizer {
  requires static org.jspecify;
  requires transitive criticalwindows.core;
  requires ai.djl.tokenizers;
  requires tools.jackson.databind;

  exports criticalwindows.tokenizer;
}
