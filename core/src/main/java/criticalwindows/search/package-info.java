/// Chains of thought, cut where a search says, with the record of its decisions.
///
/// Arrows: dataset, model, noise, grade, stats, localise, rollout, cot.
package criticalwindows.search;
