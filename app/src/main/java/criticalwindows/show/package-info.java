/// What is shown of a run, from its folder alone: a line for each experiment, with its views.
///
/// Arrows: error, dataset, model, prompt, noise, view, rollout, outcome, grade, window, cot,
/// search, form, exact, disk, store, run, report.
package criticalwindows.show;
