/// Training: data as passages with targets, objectives, and the loop, without the model itself.
///
/// Arrows: error, hash, model, stats, gguf, lora, disk.
package criticalwindows.finetune;
