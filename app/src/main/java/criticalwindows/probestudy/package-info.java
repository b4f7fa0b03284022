/// The study `probes`: what a model's activations know of its answer and of its refusal, held
/// against exact probabilities and beside what is cheaper.
///
/// Arrows: model, dataset, prompt, noise, stats, view, rollout, outcome, grade, judge, cot, trace,
/// attack, activation, probe, ratio, monitor, world, exact, gguf, llamacpp, hub, figure, replies,
/// study.
package criticalwindows.probestudy;
