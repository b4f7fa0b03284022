/// Chains of thought: the scripts of noise and denoise, their run, and what was found.
///
/// Arrows: error, dataset, model, prompt, noise, grade, stats, view, localise, theory, rollout.
package criticalwindows.cot;
