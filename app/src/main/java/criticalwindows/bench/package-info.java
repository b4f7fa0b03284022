/// What `cw bench` measures and prints: how well windows are found on simulated curves, on curves
/// that somebody gives, on exact ones of the world and across a corpus; models of the world;
/// grading; ledgers. Chance comes from seeded generators; the same call gives the same table.
///
/// Arrows: error, dataset, model, prompt, noise, math, stats, view, localise, rollout, outcome,
/// grade, cot, world, testbed, llamacpp.
package criticalwindows.bench;
