/// Alarms on responses as they are written: a score for each token, a threshold that few benign
/// responses pass, and when the alarm comes, held against when a response was decided.
///
/// ```java
/// Threshold threshold = Threshold.on(2, List.of(new double[] {0, 1}, new double[] {1, 3, 0}));
/// System.out.println(threshold.responses() + ", first at " + threshold.alarm(new double[] {1, 4}));
/// ```
///
/// Arrows: error, model, stats, activation, probe, ratio.
package criticalwindows.monitor;
