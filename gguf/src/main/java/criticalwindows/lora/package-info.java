/// LoRA adapters, and the two ways in which they are kept: a PEFT folder, which vLLM and Hugging
/// Face's tools take, and a GGUF file, which llama.cpp takes.
///
/// Arrows: error, gguf.
package criticalwindows.lora;
