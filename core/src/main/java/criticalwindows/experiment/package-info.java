/// The experiments, and the record they leave.
///
/// Arrows: mistake, dataset, model, prompt, noise, grade, stats, localise, theory, form.
package criticalwindows.experiment;
