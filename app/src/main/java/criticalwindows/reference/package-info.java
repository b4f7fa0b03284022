/// The study `reference`: whether a model that was trained on texts of one class tells, by a
/// likelihood ratio, how likely that class is.
///
/// Arrows: error, model, stats, view, judge, world, testbed, exact, llamacpp, finetune, figure,
/// study.
package criticalwindows.reference;
