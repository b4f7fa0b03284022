/// The command line: one file for each command, all wiring with `new`, in reading order.
///
/// Arrows: mistake, dataset, model, prompt, noise, localise, experiment, gguf, llamacpp, store, hub,
/// report, bench.
package criticalwindows.cli;
