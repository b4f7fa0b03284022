/// Models with gradients, in LibTorch.
///
/// Arrows: error, model, gguf, lora, finetune.
package criticalwindows.torch;
