/// Interventions at windows, each beside a plain vote that costs as many tokens.
///
/// Arrows: mistake, dataset, model, noise, grade, stats, localise, rollout, cot.
package criticalwindows.intervene;
