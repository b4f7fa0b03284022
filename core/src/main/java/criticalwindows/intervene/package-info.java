/// Interventions at windows, each beside a plain vote that costs as many tokens.
///
/// Arrows: error, dataset, model, noise, grade, stats, localise, rollout, cot.
package criticalwindows.intervene;
