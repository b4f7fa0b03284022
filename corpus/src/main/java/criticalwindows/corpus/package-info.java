/// What a model of the world is trained on: documents as rows of token ids, in files.
///
/// Arrows: error, world, tokenizer.
package criticalwindows.corpus;
