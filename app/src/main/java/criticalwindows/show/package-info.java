/// What is shown of a run, from its folder alone: a line for each experiment, with its views.
///
/// Arrows: error, model, dataset, prompt, noise, stats, view, rollout, outcome, window, cot,
/// search, defence, probe, ratio, form, compare, exact, disk, store, scoring, run, importing,
/// drawing, report, figure.
package criticalwindows.show;
