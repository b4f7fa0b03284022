/// LoRA adapters, and the two ways in which they are kept: a PEFT folder, which vLLM and Hugging
/// Face's tools take, and a GGUF file, which llama.cpp takes; and models with an adapter added.
///
/// ```java norun
/// Path base = Path.of("base.gguf");
/// try (AdapterFile tuned = AdapterFile.open(Path.of("tuned"), BaseModel.open(base))) {
///   System.out.println(tuned.adapter().config());
///   Merging.toGguf(base, tuned.adapter(), Path.of("merged.gguf"), ElementType.Q8_0);
///   AdapterGguf.write(tuned.adapter(), BaseModel.open(base), Path.of("tuned.gguf"));
/// }
/// ```
///
/// Arrows: error, gguf.
package criticalwindows.lora;
