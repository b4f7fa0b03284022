/// Studies of training: questions that are put to models of the world, each with its arms, its
/// controls, its seeds and a page that is written from what was measured.
///
/// Arrows: error, stats, view, activation, probe, lora, llamacpp, disk, hub, finetune, figure.
package criticalwindows.study;
