/// What is sampled and kept: keys, tasks and samples, the interface of a ledger, budgets, and the
/// waves in which scripts run.
///
/// Arrows: error, model, dataset, noise, stats, view.
package criticalwindows.rollout;
