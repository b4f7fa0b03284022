/// The one way to draw: a [Drawing] is a list of a few kinds of [Mark], and SVG, PNG and PDF are
/// made from that.
///
/// ```java
/// Drawing drawing = new Drawing(200, 100);
/// drawing.add(Mark.Line.thin(new Mark.Point(10, 50), new Mark.Point(190, 50)));
/// System.out.println(Svg.file(drawing));
/// ```
///
/// Arrows: none.
package criticalwindows.drawing;
