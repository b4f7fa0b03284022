/// The world's documents as rows of token ids, for training.
@org.jspecify.annotations.NullMarked
module criticalwindows.corpus {
  requires static org.jspecify;
  requires transitive criticalwindows.world;
  requires transitive criticalwindows.tokenizer;
  requires criticalwindows.core;

  exports criticalwindows.corpus;
}
