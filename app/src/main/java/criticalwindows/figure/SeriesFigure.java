package criticalwindows.figure;

import criticalwindows.drawing.Ink;
import criticalwindows.drawing.Mark;
import criticalwindows.drawing.Mark.Anchor;
import criticalwindows.drawing.Mark.Font;
import criticalwindows.drawing.Mark.Point;
import criticalwindows.stats.Interval;
import criticalwindows.view.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Several series over one axis of numbers, each value with its interval.
public final class SeriesFigure {
  private static final List<FigureColumn> COLUMNS =
      List.of(
          FigureColumn.SERIES,
          FigureColumn.X,
          FigureColumn.VALUE,
          FigureColumn.LOW,
          FigureColumn.HIGH);

  private SeriesFigure() {}

  /// What is said around it.
  ///
  /// @param name of the files
  /// @param note what is drawn
  /// @param x what the horizontal axis is, with its unit
  /// @param y the same of the vertical one
  public record Head(String name, String title, String note, String x, String y) {}

  /// @param points in ascending order of x
  public record Series(String name, List<Value> points) {
    public Series {
      points = List.copyOf(points);
    }
  }

  /// A value. An interval without ends is drawn as none.
  public record Value(double x, double value, Interval interval) {
    Interval shown() {
      return Double.isFinite(interval.width()) ? interval : new Interval(value, value);
    }
  }

  /// @param series at least one, with at least one point
  public static Figure of(Head head, List<Series> series) {
    List<Value> all = series.stream().flatMap(each -> each.points().stream()).toList();
    Ticks across = Ticks.over(all.stream().map(value -> new Interval(value.x, value.x)).toList());
    Ticks up =
        Ticks.over(
            all.stream()
                .flatMap(value -> Stream.of(new Interval(value.value, value.value), value.shown()))
                .toList());
    int columns = 3;
    int rows = Math.ceilDiv(series.size(), columns);
    Sheet sheet = Sheet.of(new Sheet.Head(head.title, head.note), 1, 1, 640);
    Panel panel = sheet.panel(0);
    axes(sheet, panel, across, up);
    panel.named(head.x, head.y);
    for (int i = 0; i < series.size(); i++) {
      List<Panel.Value> values = new ArrayList<>();
      for (Value value : series.get(i).points()) {
        Interval shown = value.shown();
        values.add(
            new Panel.Value(
                across.place(value.x),
                up.place(value.value),
                new Interval(up.place(shown.low()), up.place(shown.high()))));
      }
      panel.curve(values, Ink.of(i));
    }
    sheet.legend(panel, series.stream().map(Series::name).toList(), Math.min(columns, rows * 3));
    return new Figure(head.name, sheet.drawing(), COLUMNS, numbers(series));
  }

  private static void axes(Sheet sheet, Panel panel, Ticks across, Ticks up) {
    for (double value : up.values()) {
      double y = up.place(value);
      sheet.drawing().add(Mark.Line.thin(panel.at(0, y), panel.at(1, y)));
      Point place = new Point(panel.left() - 6, panel.at(0, y).y() + 4);
      sheet.drawing().add(new Mark.Label(place, Numbers.bare(value), Font.SMALL, Anchor.END));
    }
    for (double value : across.values()) {
      Point place = new Point(panel.at(across.place(value), 0).x(), panel.at(0, 0).y() + 16);
      sheet.drawing().add(new Mark.Label(place, Numbers.bare(value), Font.SMALL, Anchor.MIDDLE));
    }
  }

  private static List<List<String>> numbers(List<Series> series) {
    List<List<String>> rows = new ArrayList<>();
    for (Series each : series) {
      for (Value value : each.points()) {
        rows.add(
            List.of(
                each.name(),
                Sheet.number(value.x),
                Sheet.number(value.value),
                ArmsFigure.end(value.interval.low()),
                ArmsFigure.end(value.interval.high())));
      }
    }
    return rows;
  }
}
