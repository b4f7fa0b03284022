/// Probes in files, and what they are fitted to.
///
/// ```java norun
/// ProbeFile file = ProbeFile.read(Path.of("probes/refusal"));
/// Probe.Reading reading = file.probe().begin();
/// System.out.println(file.card().model() + ", " + file.probe().hooks());
/// ```
///
/// Arrows: error, hash, stats, activation, probe, gguf, disk.
package criticalwindows.probing;
