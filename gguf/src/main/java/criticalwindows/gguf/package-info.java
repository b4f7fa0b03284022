/// Model files: reads safetensors, reads and writes GGUF, turns a Hugging Face Llama folder into
/// one GGUF file, and writes random-weight models to measure engines with.
///
/// ```java norun
/// LlamaExport.write(Path.of("my-llama"), Path.of("my-llama.gguf"), ElementType.Q8_0);
/// try (GgufReader file = GgufReader.open(Path.of("my-llama.gguf"))) {
///   System.out.println(file.text("general.name"));
///   System.out.println(file.tensor("token_embd.weight").shape());
/// }
/// ```
///
/// Arrows: error.
package criticalwindows.gguf;
