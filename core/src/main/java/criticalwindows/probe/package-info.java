/// Probes: small models that read an outcome's probability from activations.
///
/// ```java
/// System.out.println(Probe.Reads.EVERY_TOKEN);
/// ```
///
/// Arrows: stats, activation.
package criticalwindows.probe;
