/// The study `weights`: whether fine-tuning on the tokens that decided a response raises accuracy
/// more than on all of them, or on as many others.
///
/// Arrows: model, dataset, prompt, noise, stats, view, localise, rollout, outcome, grade, window,
/// weight, cot, search, trace, world, llamacpp, finetune, figure, study.
package criticalwindows.weighting;
