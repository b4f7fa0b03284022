/// Chains of thought, cut where a search says, with the record of its decisions.
///
/// Arrows: model, dataset, noise, stats, localise, rollout, outcome, cot.
package criticalwindows.search;
