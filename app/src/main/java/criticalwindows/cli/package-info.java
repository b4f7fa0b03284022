/// The command line: one file for each command, all wiring with `new`, in reading order.
///
/// Arrows: error, hash, dataset, model, prompt, noise, math, stats, view, localise, rollout,
/// outcome, grade, window, cot, search, form, intervene, explain, world, testbed, exact, gguf,
/// tokenizer, corpus, remote, serve, llamacpp, disk, tables, store, download, hub, run, report,
/// export, figure, bench.
package criticalwindows.cli;
