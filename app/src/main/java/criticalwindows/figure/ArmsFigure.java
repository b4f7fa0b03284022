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

/// A row for each arm of a study, and a panel for each of its measures: a dot and an interval. The
/// first arm is the control, through whose value a line goes.
public final class ArmsFigure {
  private static final List<FigureColumn> COLUMNS =
      List.of(
          FigureColumn.GROUP,
          FigureColumn.SERIES,
          FigureColumn.VALUE,
          FigureColumn.LOW,
          FigureColumn.HIGH);
  private static final int ROW = 22;
  private static final int NAMES = 190;
  private static final int WIDE = 230;
  private static final int GAP = 34;
  private static final int NOTE = 16;
  private static final double CHARACTER = 6.6;

  private ArmsFigure() {}

  /// What is said above.
  ///
  /// @param name of the files
  /// @param note what is drawn
  public record Head(String name, String title, String note) {}

  /// One measure of all arms.
  ///
  /// @param title with its unit
  /// @param rows of the arms, in the same order in each panel, the control first
  public record Measure(String title, List<Row> rows) {
    public Measure {
      rows = List.copyOf(rows);
    }
  }

  /// One arm's value. An interval without ends is not drawn.
  public record Row(String arm, double value, Interval interval) {}

  /// @param measures at least one, each with the same arms, at least one
  public static Figure of(Head head, List<Measure> measures) {
    int width = Math.max(680, NAMES + measures.size() * (WIDE + GAP));
    List<String> note = Sheet.wrapped(head.note, (int) ((width - 40) / CHARACTER));
    int top = 84 + NOTE * note.size();
    int arms = measures.getFirst().rows().size();
    Drawing drawing = new Drawing(width, top + arms * ROW + 46);
    drawing.add(new Mark.Label(new Point(20, 28), head.title, Font.TITLE, Anchor.START));
    for (int i = 0; i < note.size(); i++) {
      Point place = new Point(20, 50 + NOTE * i);
      drawing.add(new Mark.Label(place, note.get(i), Font.SMALL, Anchor.START));
    }
    for (int i = 0; i < arms; i++) {
      Point place = new Point(NAMES - 14, top + ROW * i + ROW / 2.0 + 4);
      String arm = measures.getFirst().rows().get(i).arm();
      drawing.add(new Mark.Label(place, Sheet.brief(arm, 26), Font.PLAIN, Anchor.END));
    }
    List<List<String>> numbers = new ArrayList<>();
    for (int i = 0; i < measures.size(); i++) {
      new Place(drawing, NAMES + i * (WIDE + GAP), top).draw(measures.get(i));
      measures.get(i).rows().forEach(row -> numbers.add(row(row, numbers.size(), measures)));
    }
    return new Figure(head.name, drawing, COLUMNS, numbers);
  }

  private static List<String> row(Row row, int index, List<Measure> measures) {
    String measure = measures.get(index / measures.getFirst().rows().size()).title();
    return List.of(
        measure,
        row.arm,
        Sheet.number(row.value),
        end(row.interval.low()),
        end(row.interval.high()));
  }

  static String end(double value) {
    return Double.isFinite(value) ? Sheet.number(value) : "";
  }

  /// Where a panel stands.
  private record Place(Drawing drawing, double left, double top) {
    void draw(Measure measure) {
      List<Interval> shown = new ArrayList<>();
      for (Row row : measure.rows()) {
        shown.add(new Interval(row.value, row.value));
        shown.add(row.interval);
      }
      Ticks ticks = Ticks.over(shown);
      double height = ROW * (double) measure.rows().size();
      drawing.add(
          new Mark.Label(new Point(left, top - 12), measure.title(), Font.HEAD, Anchor.START));
      for (double value : ticks.values()) {
        double x = x(ticks, value);
        drawing.add(Mark.Line.thin(new Point(x, top), new Point(x, top + height)));
        drawing.add(
            new Mark.Label(
                new Point(x, top + height + 16), Numbers.bare(value), Font.SMALL, Anchor.MIDDLE));
      }
      double control = x(ticks, measure.rows().getFirst().value());
      drawing.add(
          new Mark.Line(
              List.of(new Point(control, top), new Point(control, top + height)),
              Stroke.of(Ink.SOFT, 1).dashed(3)));
      for (int i = 0; i < measure.rows().size(); i++) {
        dot(ticks, measure.rows().get(i), i);
      }
    }

    private void dot(Ticks ticks, Row row, int index) {
      double y = top + ROW * index + ROW / 2.0;
      Ink ink = index == 0 ? Ink.SOFT : Ink.of(0);
      if (Double.isFinite(row.interval.width())) {
        Point low = new Point(x(ticks, row.interval.low()), y);
        Point high = new Point(x(ticks, row.interval.high()), y);
        drawing.add(new Mark.Line(List.of(low, high), Stroke.of(ink, 1.6)));
      }
      drawing.add(new Mark.Dot(new Point(x(ticks, row.value), y), 3.5, ink));
    }

    private double x(Ticks ticks, double value) {
      return left + WIDE * ticks.place(value);
    }
  }
}
