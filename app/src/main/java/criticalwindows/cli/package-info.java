/// The command line: one file for each command, all wiring with `new`, in reading order.
///
/// Arrows: mistake, dataset, model, prompt, noise, experiment, world, exact, gguf, llamacpp, store,
/// hub, report.
package criticalwindows.cli;
