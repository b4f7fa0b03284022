/// Chains of thought: the scripts of noise and denoise, their run, and what was found.
///
/// Arrows: error, model, dataset, prompt, noise, stats, view, localise, theory, rollout, outcome,
/// grade.
package criticalwindows.cot;
