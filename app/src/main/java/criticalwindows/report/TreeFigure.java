package criticalwindows.report;

import criticalwindows.drawing.Drawing;
import criticalwindows.drawing.Ink;
import criticalwindows.drawing.Mark;
import criticalwindows.drawing.Mark.Anchor;
import criticalwindows.drawing.Mark.Font;
import criticalwindows.drawing.Mark.Point;
import criticalwindows.drawing.Mark.Stroke;
import criticalwindows.drawing.Mark.Weight;
import criticalwindows.drawing.Svg;
import criticalwindows.form.FormTree;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.util.List;

/// A tree of choices from left to right: branches as thick as they are likely, the target's way in
/// colour, each branch with its word and probability, each leaf with its probability.
final class TreeFigure {
  private static final int ROW = 25;
  private static final int TOP = 14;
  private static final int LEFT = 8;
  private static final int WIDTH = 1120;
  private static final int LEAF = 60;
  private static final double BEND = 30;
  private static final double THICKEST = 15;
  private static final Font WAY = new Font(12, Ink.SAME, Weight.BOLD);
  private static final Font OTHER = new Font(12, Ink.SOFT, Weight.PLAIN);

  private final Drawing drawing;
  private final double column;
  private double row = TOP + ROW / 2.0;

  private TreeFigure(FormTree tree) {
    column = (WIDTH - LEFT - LEAF) / (double) Math.max(1, tree.depth());
    drawing = new Drawing(WIDTH, 2 * TOP + ROW * tree.leaves().size());
  }

  static String of(FormTree tree) {
    TreeFigure figure = new TreeFigure(tree);
    figure.draw(tree, 0);
    return Svg.element(figure.drawing, "the tree of choices with its probabilities");
  }

  /// Draws a node's branches and all behind them: leaves one below the other, every other node
  /// halfway between its first and last child.
  ///
  /// @return its height on the page
  private double draw(FormTree node, int depth) {
    if (node.children().isEmpty()) {
      double y = row;
      row += ROW;
      say(LEFT + depth * column + 8, y + 4, node, Numbers.fine(node.share()));
      return y;
    }
    List<Double> below = node.children().stream().map(child -> draw(child, depth + 1)).toList();
    double y = (below.getFirst() + below.getLast()) / 2;
    // The target's way last, so that nothing lies on it.
    for (boolean way : new boolean[] {false, true}) {
      for (int i = 0; i < below.size(); i++) {
        if (node.children().get(i).target() == way) {
          branch(node.children().get(i), LEFT + depth * column, y, below.get(i));
        }
      }
    }
    return y;
  }

  private void branch(FormTree child, double x, double from, double to) {
    double thick = Math.max(1, THICKEST * child.share());
    Stroke stroke =
        child.target() ? Stroke.of(Ink.SAME, thick) : Stroke.of(Ink.SOFT, thick).faint(.45);
    drawing.add(Mark.Line.bent(new Point(x, from), new Point(x + BEND, to), x + column, stroke));
    String probability = Numbers.share(child.probability());
    int characters = (int) ((column - BEND) / 7.5) - probability.length() - 2;
    String said = probability + "  " + TerminalText.line(child.word(), Math.max(4, characters));
    say(x + BEND + 3, to - 3 - thick / 2, child, said);
  }

  private void say(double x, double y, FormTree node, String text) {
    Font font = node.target() ? WAY : OTHER;
    drawing.add(new Mark.Label(new Point(x, y), text, font, Anchor.START));
  }
}
