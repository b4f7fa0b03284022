package criticalwindows.figure;

import criticalwindows.drawing.Drawing;
import criticalwindows.drawing.Ink;
import criticalwindows.drawing.Mark;
import criticalwindows.drawing.Mark.Anchor;
import criticalwindows.drawing.Mark.Font;
import criticalwindows.drawing.Mark.Point;
import criticalwindows.drawing.Mark.Stroke;
import criticalwindows.stats.Interval;
import criticalwindows.view.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// A part of a drawing with axes: x and y both from 0 to 1.
record Panel(Drawing drawing, double left, double top, double width, double height) {
  /// Share axis and grid, with a title above.
  void frame(String title) {
    frame(title, Interval.SHARE);
  }

  /// The same of an axis of other values, which are put to [0, 1] by whoever draws them.
  ///
  /// @param values at the axis's ends
  void frame(String title, Interval values) {
    for (int i = 0; i <= 4; i++) {
      double share = i / 4.0;
      drawing.add(Mark.Line.thin(at(0, share), at(1, share)));
      Point place = new Point(left - 6, at(0, share).y() + 4);
      String tick = Numbers.share(values.low() + share * values.width());
      drawing.add(new Mark.Label(place, tick, Font.SMALL, Anchor.END));
    }
    drawing.add(new Mark.Label(new Point(left, top - 10), title, Font.HEAD, Anchor.START));
  }

  /// Ticks of an axis of fractions, with its name.
  void fractions(String name) {
    for (int i = 0; i <= 4; i++) {
      double share = i / 4.0;
      Point place = new Point(at(share, 0).x(), top + height + 16);
      drawing.add(new Mark.Label(place, Numbers.share(share), Font.SMALL, Anchor.MIDDLE));
    }
    Point place = new Point(left + width / 2, top + height + 34);
    drawing.add(new Mark.Label(place, name, Font.SMALL, Anchor.MIDDLE));
  }

  /// Ticks of an axis of counts, with its name.
  ///
  /// @param ticks counts by their place in [0, 1]
  void counts(String name, SortedMap<Double, Integer> ticks) {
    ticks.forEach(
        (x, count) ->
            drawing.add(
                new Mark.Label(
                    new Point(at(x, 0).x(), top + height + 16),
                    Numbers.count(count),
                    Font.SMALL,
                    Anchor.MIDDLE)));
    Point place = new Point(left + width / 2, top + height + 34);
    drawing.add(new Mark.Label(place, name, Font.SMALL, Anchor.MIDDLE));
  }

  /// What the axes are.
  ///
  /// @param x below
  /// @param y above
  void named(String x, String y) {
    Point below = new Point(left + width / 2, top + height + 34);
    drawing.add(new Mark.Label(below, x, Font.SMALL, Anchor.MIDDLE));
    drawing.add(new Mark.Label(new Point(left, top - 10), y, Font.HEAD, Anchor.START));
  }

  /// A value with its interval.
  record Value(double x, double y, Interval interval) {}

  /// A band over the whole height.
  void band(double from, double to, Ink ink) {
    drawing.add(
        Mark.Area.box(at(Math.clamp(from, 0, 1), 1), at(Math.clamp(to, 0, 1), 0), ink, .55));
  }

  /// A line over the whole width.
  void level(double y) {
    drawing.add(new Mark.Line(List.of(at(0, y), at(1, y)), Stroke.of(Ink.SOFT, 1)));
  }

  /// A bar between two heights.
  void box(Point from, Point to, Ink ink) {
    drawing.add(Mark.Area.box(at(from.x(), from.y()), at(to.x(), to.y()), ink, 1));
  }

  /// A line through values, on a band of their intervals.
  void curve(List<Value> values, Ink ink) {
    List<Point> band = new ArrayList<>();
    values.forEach(value -> band.add(at(value.x, value.interval.high())));
    values.reversed().forEach(value -> band.add(at(value.x, value.interval.low())));
    if (values.size() > 1) {
      drawing.add(new Mark.Area(band, ink, .15));
      drawing.add(
          new Mark.Line(values.stream().map(v -> at(v.x, v.y)).toList(), Stroke.of(ink, 2)));
    } else {
      values.forEach(value -> whisker(value, Ink.TEXT));
    }
    values.forEach(value -> drawing.add(new Mark.Dot(at(value.x, value.y), 3, ink)));
  }

  /// A dashed line through values, without their intervals.
  void dashes(List<Value> values, Ink ink) {
    if (values.size() > 1) {
      drawing.add(
          new Mark.Line(
              values.stream().map(v -> at(v.x, v.y)).toList(), Stroke.of(ink, 1.6).dashed(4)));
    }
    values.forEach(value -> drawing.add(new Mark.Dot(at(value.x, value.y), 1.8, ink)));
  }

  /// A bar from 0 with its interval, its share of the width centred at x.
  void bar(Value value, double share, Ink ink, double opacity) {
    drawing.add(
        Mark.Area.box(at(value.x - share / 2, 0), at(value.x + share / 2, value.y), ink, opacity));
    whisker(value, Ink.TEXT);
  }

  /// An interval as a line with ends.
  void whisker(Value value, Ink ink) {
    Point low = at(value.x, value.interval.low());
    Point high = at(value.x, value.interval.high());
    drawing.add(new Mark.Line(List.of(low, high), Stroke.of(ink, 1.2)));
    for (Point end : List.of(low, high)) {
      drawing.add(
          new Mark.Line(
              List.of(new Point(end.x() - 3, end.y()), new Point(end.x() + 3, end.y())),
              Stroke.of(ink, 1.2)));
    }
  }

  /// A text under the axis.
  ///
  /// @param line from 0 down
  void under(double x, int line, String text) {
    Point place = new Point(at(x, 0).x(), top + height + 16 + 15 * line);
    drawing.add(new Mark.Label(place, text, Font.SMALL, Anchor.MIDDLE));
  }

  Point at(double x, double y) {
    return new Point(left + width * x, top + height * (1 - y));
  }
}
