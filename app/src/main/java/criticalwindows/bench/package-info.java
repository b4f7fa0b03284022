/// `cw bench`: its commands, and what they measure: how well windows are found on simulated curves,
/// on curves that somebody gives, on exact ones of the world and across a corpus; models of the
/// world; grading; ledgers; the engine and the way to servers. Chance comes from seeded generators;
/// the same call gives the same table. The command line adds [BenchCommand] and needs nothing else
/// of this room.
///
/// Arrows: error, model, dataset, prompt, noise, math, stats, view, localise, rollout, outcome,
/// grade, window, cot, search, trace, attack, activation, probe, ratio, monitor, world, testbed,
/// exact, gguf, lora, remote, serve, llamacpp, tables, store, hub, finetune, scoring, vectors, run,
/// report, export, replies, study, probestudy, show, console.
package criticalwindows.bench;
