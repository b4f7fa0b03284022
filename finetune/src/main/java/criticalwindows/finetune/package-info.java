/// Training: data as passages with targets, objectives, and the loop, without the model itself.
///
/// Arrows: model, gguf, lora.
package criticalwindows.finetune;
