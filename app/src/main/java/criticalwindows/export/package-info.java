/// A run as tables, for those who go on in Python, R or a spreadsheet, and as a log of Inspect.
///
/// ```java
/// for (Table table : RunTables.ALL) {
///   System.out.println(table.name() + ": " + table.meaning());
/// }
/// ```
///
/// Arrows: error, model, dataset, noise, math, stats, localise, rollout, outcome, grade, window,
/// weight, cot, preference, defence, probe, ratio, compare, disk, tables.
package criticalwindows.export;
