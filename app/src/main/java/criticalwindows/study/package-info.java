/// Studies of training: questions that are put to models of the world, each with its arms, its
/// controls, its seeds and a page that is written from what was measured.
///
/// Arrows: error, model, dataset, prompt, noise, stats, view, localise, rollout, outcome, grade,
/// judge, window, weight, cot, search, trace, defence, world, testbed, exact, lora, llamacpp,
/// disk, hub, finetune, figure.
package criticalwindows.study;
