/// Activations in files: they are read part by part, so that nothing is lost when it is stopped.
///
/// ```java norun
/// ActivationSet set = StoredActivations.open(Path.of("activations"));
/// System.out.println(set.places().size() + " of width " + set.width());
/// ```
///
/// Arrows: error, model, activation, gguf, disk, database.
package criticalwindows.vectors;
