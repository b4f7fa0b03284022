/// The command line: one file for each command, all wiring with `new`, in reading order.
///
/// Arrows: error, hash, dataset, model, prompt, noise, math, stats, view, localise, rollout,
/// outcome, grade, window, cot, form, intervene, explain, world, gguf, tokenizer, corpus, remote,
/// serve, llamacpp, tables, store, download, hub, run, report, export, figure, show, console,
/// bench.
package criticalwindows.cli;
