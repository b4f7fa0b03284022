/// Runs on disk: `run.json`, the problems, and a ledger of closed waves in Parquet and DuckDB. The
/// only SQL.
///
/// ```java
/// try (RunFolder run = RunFolder.create(folder, manifest, problems)) {
///   run.ledger().append(wave); // durable when it returns, readable by any process
/// }
/// try (RunFolder run = RunFolder.open(folder)) {
///   run.warnings().forEach(System.out::println);
///   run.ledger().forEach((problem, samples) -> System.out.println(problem.id() + " " + samples.size()));
/// }
/// ```
///
/// Arrows: mistake, dataset, model, prompt, noise, experiment.
package criticalwindows.store;
