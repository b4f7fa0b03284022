/// A model from a GGUF file, run by llama.cpp in this process, by the Foreign Function & Memory API
/// (`java.lang.foreign`).
///
/// ```java norun
/// try (LlamaModel model = LlamaModel.open(Path.of("model.gguf"), LlamaOptions.defaults())) {
///   Tokens start = model.vocabulary().encode("Once upon a time");
///   Script script = new Script(start, List.of(Step.sample(Sampling.PLAIN, 40)), 1L);
///   System.out.println(model.vocabulary().decode(Models.run(model, script).last().tokens()));
/// }
/// ```
///
/// Arrows: error, hash, model, activation, gguf, lora.
package criticalwindows.llamacpp;
