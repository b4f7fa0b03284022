/// Runs from the first sample to the last, for any program: what a session does, which model it may
/// go on with, the share of several machines and how shares become one, and what failed.
///
/// ```java
/// Problem problem = Problem.of("leaf", "logic", "Which leaf?", List.of(), "27");
/// CotSettings settings = new CotSettings(CutPlan.parse("0,.5"), 2, Sampling.PLAIN, 15, 7L);
/// Manifest.ModelFile file = new Manifest.ModelFile("toy", "none", "");
/// Manifest manifest =
///     Manifest.of("cot", settings.asData(), file, new Manifest.Items("mine", 1));
/// RunWork.Limits limits = new RunWork.Limits(Budget.NONE, java.time.InstantSource.system());
/// try (Model model = ToyModel.orderedDecisions();
///     RunFolder run = RunFolder.create(Path.of("worked"), manifest, List.of(problem))) {
///   new RunWork(run, model, limits, state -> {}).go();
///   System.out.println(run.ledger().keys().size() + " rollouts");
/// }
/// ```
///
/// Arrows: error, hash, model, dataset, prompt, noise, stats, view, localise, rollout, outcome,
/// window, cot, search, trace, attack, defence, probe, ratio, form, world, exact, disk, store, hub,
/// scoring.
package criticalwindows.run;
