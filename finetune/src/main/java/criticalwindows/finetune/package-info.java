/// Training: data as passages with targets, objectives, and the loop, without the model itself.
///
/// Arrows: error, model, stats, gguf, lora, disk.
package criticalwindows.finetune;
