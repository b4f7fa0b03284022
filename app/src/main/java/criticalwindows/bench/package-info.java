/// How well windows are found: on simulated curves, on curves that somebody gives, and across a
/// corpus. Chance comes from seeded generators; the same call gives the same table.
///
/// Arrows: mistake, model, stats, localise.
package criticalwindows.bench;
