/// A run as tables, for those who go on in Python, R or a spreadsheet.
///
/// ```java
/// for (Table table : RunTables.ALL) {
///   System.out.println(table.name() + ": " + table.meaning());
/// }
/// ```
///
/// Arrows: model, dataset, noise, math, stats, localise, rollout, outcome, grade, window, cot,
/// compare, tables.
package criticalwindows.export;
