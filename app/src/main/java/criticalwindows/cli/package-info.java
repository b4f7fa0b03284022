/// The command line: one file for each command, all wiring with `new`, in reading order.
///
/// Arrows: error, hash, model, dataset, prompt, noise, math, stats, view, localise, rollout,
/// outcome, grade, judge, window, weight, cot, preference, trace, attack, defence, activation,
/// probe, ratio, monitor, form, intervene, explain, compare, world, exact, gguf, lora, tokenizer,
/// corpus, remote, serve, llamacpp, disk, tables, store, download, hub, finetune, scoring, reading,
/// alarm, vectors, probing, run, importing, report, export, figure, study, weighting, reminders,
/// foresight, reference, probestudy, show, console, bench.
package criticalwindows.cli;
