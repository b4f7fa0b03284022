/// The study `foresight`: whether a model can be taught to say, in the middle of a response, how
/// likely each answer is.
///
/// Arrows: model, dataset, prompt, noise, stats, view, grade, cot, world, llamacpp, finetune,
/// figure, study.
package criticalwindows.foresight;
