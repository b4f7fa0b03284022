/// Runs on disk: `run.json`, the problems, and a ledger of closed waves in Parquet and DuckDB. The
/// only SQL.
///
/// ```java
/// Problem problem = Problem.of("leaf", "logic", "Which leaf?", List.of(), "27");
/// CotSettings settings = new CotSettings(CutPlan.parse("0,.5"), 2, Sampling.PLAIN, 15, 7L);
/// Manifest.ModelFile file = new Manifest.ModelFile("toy", "none", "0".repeat(64));
/// Manifest manifest =
///     Manifest.of("cot", settings.asData(), file, new Manifest.Items("mine", 1));
/// try (Model model = ToyModel.orderedDecisions();
///     RunFolder run = RunFolder.create(Path.of("toy-run"), manifest, List.of(problem))) {
///   CotScripts scripts = new CotScripts(model, PromptSet.standard(), settings);
///   Runner.run(new FixedCuts(scripts), run.ledger(), java.time.InstantSource.system(), state -> {});
/// }
/// try (RunFolder run = RunFolder.open(Path.of("toy-run"))) {
///   run.warnings().forEach(System.out::println);
///   run.ledger().forEach((known, samples) -> System.out.println(known.id() + ": " + samples.size()));
/// }
/// ```
///
/// Arrows: error, model, dataset, prompt, stats, localise, rollout, search, disk, database.
package criticalwindows.store;
