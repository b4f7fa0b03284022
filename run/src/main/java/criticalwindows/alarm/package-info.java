/// What a monitor reads and keeps: responses that come in pieces, and thresholds in files.
///
/// ```java
/// Threshold threshold = new Threshold(0.5, new Proportion(4, 400), 9_000);
/// ThresholdFile made =
///     new ThresholdFile(
///         AlarmScore.of("aligned"), Map.of(), 0.01, threshold, "benign.jsonl");
/// made.write(Path.of("threshold.json"));
/// System.out.println(ThresholdFile.read(Path.of("threshold.json")).threshold().value());
/// ```
///
/// Arrows: error, model, prompt, stats, trace, ratio, monitor, disk, reading.
package criticalwindows.alarm;
