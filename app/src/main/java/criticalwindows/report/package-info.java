/// What a run says, for people: in a terminal, and on a page.
///
/// A report is made from a ledger alone. The same ledger gives the same bytes, on any machine.
///
/// Arrows: hash, model, dataset, noise, stats, view, localise, theory, rollout, outcome, window,
/// cot, search, defence, probe, ratio, form, intervene, explain, compare, world, exact, drawing.
package criticalwindows.report;
