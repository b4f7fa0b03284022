/// The same items in several runs, such as under several models, temperatures or checkpoints: what
/// differs, how far that is known, and the trend of a series.
///
/// ```java
/// FractionCurve.Point end = new FractionCurve.Point(1, 1);
/// FractionCurve base = new FractionCurve(List.of(new FractionCurve.Point(0, .9), end));
/// FractionCurve tuned = new FractionCurve(List.of(new FractionCurve.Point(0, .1), end));
/// System.out.println(tuned.mean(0, 1).getAsDouble() - base.mean(0, 1).getAsDouble());
/// ```
///
/// Arrows: model, dataset, noise, stats, localise, rollout, outcome, window, cot.
package criticalwindows.compare;
