/// How well windows are found: on simulated curves, on curves that somebody gives, on exact ones of
/// the world, and across a corpus. Chance comes from seeded generators; the same call gives the
/// same table.
///
/// Arrows: error, model, stats, view, localise, world.
package criticalwindows.bench;
