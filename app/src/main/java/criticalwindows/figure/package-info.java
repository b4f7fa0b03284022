/// Figures of runs, as SVG, as PNG and as numbers.
///
/// A figure is a [Drawing] of a few kinds of [Mark]; both kinds of picture are made from that.
///
/// ```java
/// Drawing drawing = new Drawing(200, 100);
/// drawing.add(Mark.Line.thin(new Mark.Point(10, 50), new Mark.Point(190, 50)));
/// System.out.println(drawing.svg());
/// ```
///
/// Arrows: error, dataset, noise, stats, view, outcome, grade, cot.
package criticalwindows.figure;
