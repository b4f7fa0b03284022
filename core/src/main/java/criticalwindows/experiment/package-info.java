/// The experiments, and the record they leave.
///
/// Arrows: dataset, model, prompt, noise, grade, stats, localise.
package criticalwindows.experiment;
