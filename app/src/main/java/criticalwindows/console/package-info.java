/// What every command line of ours is made with: where it speaks, how it ends, how far it is, and
/// options that are the same everywhere.
///
/// Arrows: error, math, view, rollout, grade, probe, llamacpp, hub, finetune.
package criticalwindows.console;
