/// Interventions at windows, each beside a plain vote that costs as many tokens; and responses that
/// are edited at one place, beside themselves as they were.
///
/// Arrows: error, model, dataset, stats, localise, rollout, outcome, grade, window, cot.
package criticalwindows.intervene;
