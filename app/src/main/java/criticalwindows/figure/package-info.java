/// Figures of runs, as pictures and as numbers.
///
/// ```java
/// Figure figure = new Figure("empty", new Drawing(200, 100), List.of(FigureColumn.RUN), List.of());
/// System.out.println(figure.csv());
/// ```
///
/// Arrows: error, dataset, noise, stats, view, outcome, cot, probe, ratio, finetune, drawing.
package criticalwindows.figure;
