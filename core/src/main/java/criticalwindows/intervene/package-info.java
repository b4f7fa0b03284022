/// Interventions at windows, each beside a plain vote that costs as many tokens.
///
/// Arrows: error, model, dataset, stats, localise, rollout, outcome, grade, window, cot.
package criticalwindows.intervene;
