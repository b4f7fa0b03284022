package criticalwindows.pictures;

import criticalwindows.drawing.Drawing;
import criticalwindows.drawing.Ink;
import criticalwindows.drawing.Mark;
import criticalwindows.drawing.Mark.Anchor;
import criticalwindows.drawing.Mark.Font;
import criticalwindows.drawing.Mark.Point;
import criticalwindows.drawing.Mark.Stroke;
import criticalwindows.drawing.Mark.Weight;
import criticalwindows.drawing.Svg;
import criticalwindows.view.Numbers;
import java.util.List;

/// Draws a decision tree from left to right: branches as thick as they are likely, the way of one
/// reply in colour.
final class TreePicture {
  private static final int ROW = 27;
  private static final int TOP = 62;
  private static final int LEFT = 16;
  private static final int COLUMN = 216;
  private static final int BEND = 34;
  private static final int LONGEST = 25;
  private static final double THICKEST = 14;
  private static final Ink PATH = new Ink("path", "#d1570a");
  private static final Ink OTHER = new Ink("other", "#a9b6c3");

  private final Drawing drawing;
  private final int columns;
  private double row = TOP;

  private TreePicture(int leaves, int columns) {
    this.columns = columns;
    drawing = new Drawing(LEFT + columns * COLUMN + 130, TOP + leaves * ROW);
  }

  /// @param headings one for each column of decisions, and one for the answers
  static String of(DecisionTree tree, List<String> headings) {
    int columns = headings.size() - 1;
    TreePicture picture = new TreePicture(tree.leaves().size(), columns);
    for (int i = 0; i <= columns; i++) {
      double x = LEFT + i * COLUMN + (i < columns ? BEND : 12);
      picture.say(x, 26, new Font(12, Ink.TEXT, Weight.BOLD), headings.get(i));
    }
    picture.draw(tree, 0, 1);
    return Svg.file(picture.drawing);
  }

  /// Draws a node's branches and all behind them: leaves one below the other, every other node
  /// halfway between its first and last child.
  ///
  /// @return its height on the page
  private double draw(DecisionTree node, int depth, double probability) {
    if (node.children().isEmpty()) {
      double y = row;
      row += ROW;
      answer(node, depth, probability, y);
      return y;
    }
    List<Double> below =
        node.children().stream()
            .map(child -> draw(child, depth + 1, probability * child.probability()))
            .toList();
    double y = (below.getFirst() + below.getLast()) / 2;
    // The coloured way last, so that nothing lies on it.
    for (boolean path : new boolean[] {false, true}) {
      for (int i = 0; i < below.size(); i++) {
        DecisionTree child = node.children().get(i);
        if (child.path() == path) {
          branch(child, new Line(depth, y, below.get(i)), probability * child.probability());
        }
      }
    }
    return y;
  }

  /// @param depth of the node it begins at
  private record Line(int depth, double from, double to) {}

  private void branch(DecisionTree child, Line line, double probability) {
    double x = LEFT + line.depth * COLUMN;
    Stroke stroke = Stroke.of(child.path() ? PATH : OTHER, Math.max(.8, THICKEST * probability));
    drawing.add(
        Mark.Line.bent(new Point(x, line.from), new Point(x + BEND, line.to), x + COLUMN, stroke));
    double above = line.to - 3 - THICKEST * probability / 2;
    String said = Numbers.share(child.probability()) + "  " + said(child.text());
    say(x + BEND + 2, above, font(11, child), said);
  }

  private void answer(DecisionTree leaf, int depth, double probability, double y) {
    double x = LEFT + Math.max(depth, columns) * COLUMN + 12;
    say(x, y + 4, font(12, leaf), leaf.answer().replace("$", ""));
    say(x + 34, y + 4, font(12, leaf), Numbers.of(probability, 4));
  }

  private static Font font(double size, DecisionTree node) {
    return node.path() ? new Font(size, PATH, Weight.BOLD) : new Font(size, Ink.TEXT, Weight.PLAIN);
  }

  private void say(double x, double y, Font font, String text) {
    drawing.add(new Mark.Label(new Point(x, y), text, font, Anchor.START));
  }

  /// What an option writes, its end where it is long.
  private static String said(String text) {
    String bare = text.replaceFirst("^[ ,]+", "");
    if (bare.isEmpty()) {
      return "(goes on)";
    }
    if (bare.endsWith(",")) {
      return bare + " …";
    }
    if (bare.length() <= LONGEST) {
      return bare;
    }
    String end = bare.substring(bare.length() - LONGEST);
    return "…" + end.substring(end.indexOf(' '));
  }
}
