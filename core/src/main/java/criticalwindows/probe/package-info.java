/// Probes: small models that read an outcome's probability from activations; how they are fitted
/// and chosen by items that were held out, and how good they are beside what is cheaper.
///
/// ```java
/// Standard standard = new Standard(new double[] {0, 0}, new double[] {1, 1});
/// ProbeNumbers numbers = new ProbeNumbers(new double[][] {{2, 0}}, new double[] {-1}, standard);
/// FittedProbe probe = new FittedProbe(
///     ProbeKinds.named("logistic"), List.of(HookPoint.parse("residual.4")),
///     List.of("yes", "no"), numbers);
/// double[] logits = probe.begin().next(new float[] {1, 5});
/// System.out.println(FittedProbe.probabilities(logits)[0]);
/// ```
///
/// `ProbeTrial` does all of it; it goes by `ProbeInput` (rows with targets), `ProbeSearch` (folds
/// and choices), a `ProbeFitter` (in module train) and `ForecastTable`.
///
/// Arrows: error, model, stats, activation.
package criticalwindows.probe;
