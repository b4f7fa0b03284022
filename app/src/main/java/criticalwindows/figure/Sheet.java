package criticalwindows.figure;

import criticalwindows.drawing.Drawing;
import criticalwindows.drawing.Ink;
import criticalwindows.drawing.Mark;
import criticalwindows.drawing.Mark.Anchor;
import criticalwindows.drawing.Mark.Font;
import criticalwindows.drawing.Mark.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A drawing with a title, notes below it and panels in rows.
///
/// @param across panels in a row
/// @param top of the first row, in pixels
/// @param wide of a panel, in pixels
record Sheet(Drawing drawing, int across, int top, int wide) {
  private static final int LEFT = 58;
  private static final int GAP = 56;
  private static final int TOP = 76;
  private static final int NOTE = 16;

  /// Generous: the widest fonts that show these figures take less for a character.
  private static final double CHARACTER = 6.6;

  private static final int TALL = 180;
  private static final int BELOW = 104;

  /// What is said above the panels.
  ///
  /// @param note what is drawn; as many lines as it takes
  record Head(String title, String note) {}

  static Sheet of(Head head, int across, int down, int wide) {
    int width = Math.max(760, LEFT + across * (wide + GAP));
    List<String> note = wrapped(head.note, (int) ((width - 40) / CHARACTER));
    int top = TOP + NOTE * note.size();
    Drawing drawing = new Drawing(width, top + down * (TALL + BELOW));
    String title = brief(head.title, (width - 40) / 10);
    drawing.add(new Mark.Label(new Point(20, 28), title, Font.TITLE, Anchor.START));
    for (int i = 0; i < note.size(); i++) {
      Point place = new Point(20, 48 + NOTE * i);
      drawing.add(new Mark.Label(place, note.get(i), Font.SMALL, Anchor.START));
    }
    return new Sheet(drawing, across, top, wide);
  }

  /// In lines of at most so many characters.
  static List<String> wrapped(String text, int most) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > most) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /// A panel by its place, row by row.
  Panel panel(int index) {
    int column = index % across;
    int row = index / across;
    return new Panel(
        drawing, LEFT + column * (wide + GAP), top + row * (double) (TALL + BELOW), wide, TALL);
  }

  /// The names of series in a row under a panel.
  void legend(Panel panel, List<String> names) {
    legend(panel, names, 1);
  }

  /// The same, so many names beside each other.
  void legend(Panel panel, List<String> names, int columns) {
    for (int i = 0; i < names.size(); i++) {
      double x = panel.left() + i % columns * panel.width() / columns;
      double y = panel.top() + panel.height() + 52 + 15 * (i / columns);
      drawing.add(Mark.Area.box(new Point(x, y - 8), new Point(x + 14, y - 4), Ink.of(i), 1));
      Point place = new Point(x + 20, y);
      drawing.add(new Mark.Label(place, names.get(i), Font.SMALL, Anchor.START));
    }
  }

  /// A number for programs: a point, and six decimals.
  static String number(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  /// A text of at most so many characters.
  static String brief(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
