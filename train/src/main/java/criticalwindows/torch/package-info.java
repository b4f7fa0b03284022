/// Models with gradients, in LibTorch: Llama, Qwen 2 and Qwen 3, from GGUF files with weights in
/// F32, F16, BF16 or Q8_0, or from folders with safetensors.
///
/// `TorchWhiteBoxes` opens a model as a `WhiteBox` of room `finetune`, which is all that others
/// see: log-probabilities of tokens, the way back from their gradient, a step of the optimiser,
/// checkpoints, and what came of it. An example of its use is the loop in `Training`.
///
/// A call goes `Packed` (texts end to end) → `Trunk` (layers; `Linear`, `Rotation`, `Attention`) →
/// `LogProbs` (logits in chunks, and back), all inside one scope that frees its memory. `Weights`
/// holds the numbers, `Trained` those that change, `Optimiser` and `Checkpoint` what a step and a
/// file take. Parameters are float32, also where products are bfloat16.
///
/// Arrows: error, model, probe, gguf, lora, finetune.
package criticalwindows.torch;
