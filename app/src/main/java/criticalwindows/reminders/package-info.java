/// The study `reminders`: whether a model that was trained to remind itself of its purpose refuses
/// when somebody else has begun its answer.
///
/// Arrows: error, model, dataset, noise, stats, view, rollout, outcome, judge, cot, trace, defence,
/// world, testbed, llamacpp, finetune, figure, study.
package criticalwindows.reminders;
