package criticalwindows.report;

import criticalwindows.form.FormTree;
import criticalwindows.view.Numbers;
import criticalwindows.view.TerminalText;
import java.util.List;
import java.util.Locale;

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

  private final Drawing drawing;
  private final double column;
  private double row = TOP + ROW / 2.0;

  private TreeFigure(FormTree tree) {
    column = (WIDTH - LEFT - LEAF) / (double) Math.max(1, tree.depth());
    drawing =
        new Drawing(
            WIDTH,
            2 * TOP + ROW * tree.leaves().size(),
            "the tree of choices with its probabilities");
  }

  static String of(FormTree tree) {
    TreeFigure figure = new TreeFigure(tree);
    figure.draw(tree, 0);
    return figure.drawing.toString();
  }

  /// Draws a node's branches and all behind them: leaves one below the other, every other node
  /// halfway between its first and last child.
  ///
  /// @return its height on the page
  private double draw(FormTree node, int depth) {
    if (node.children().isEmpty()) {
      double y = row;
      row += ROW;
      String kind = node.target() ? "leaf way" : "leaf";
      drawing.text(LEFT + depth * column + 8, y + 4, kind, "start", probability(node.share()));
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
    drawing.add(
        String.format(
            Locale.ROOT,
            "<path class=\"branch%s\" stroke-width=\"%.2f\" d=\"M%.1f %.1f C%.1f %.1f %.1f %.1f"
                + " %.1f %.1f H%.1f\"/>",
            child.target() ? " way" : "",
            thick,
            x,
            from,
            x + BEND * .6,
            from,
            x + BEND * .4,
            to,
            x + BEND,
            to,
            x + column));
    String probs = Numbers.share(child.probs());
    int room = (int) ((column - BEND) / 7.5) - probs.length() - 2;
    String said = probs + "  " + TerminalText.line(child.word(), Math.max(4, room));
    String kind = child.target() ? "probs way" : "probs";
    drawing.text(x + BEND + 3, to - 3 - thick / 2, kind, "start", said);
  }

  private static String probability(double share) {
    return Numbers.fine(share);
  }
}
