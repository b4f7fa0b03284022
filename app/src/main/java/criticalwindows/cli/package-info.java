/// The command line: one file for each command, all wiring with `new`, in reading order.
///
/// Arrows: mistake, dataset, model, prompt, noise, math, grade, experiment, gguf, llamacpp, store,
/// hub, report.
package criticalwindows.cli;
