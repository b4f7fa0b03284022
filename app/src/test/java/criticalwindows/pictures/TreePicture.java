package criticalwindows.pictures;

import java.util.List;
import java.util.Locale;

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
  private static final String PATH = "#d1570a";
  private static final String OTHER = "#a9b6c3";

  private final Svg svg;
  private final int columns;
  private double row = TOP;

  private TreePicture(int leaves, int columns) {
    this.columns = columns;
    svg = new Svg(LEFT + columns * COLUMN + 130, TOP + leaves * ROW);
  }

  /// @param headings one for each column of decisions, and one for the answers
  static String of(DecisionTree tree, List<String> headings) {
    int columns = headings.size() - 1;
    TreePicture picture = new TreePicture(tree.leaves().size(), columns);
    for (int i = 0; i <= columns; i++) {
      double x = LEFT + i * COLUMN + (i < columns ? BEND : 12);
      picture.svg.text(x, 26, "font-weight=\"600\"", headings.get(i));
    }
    picture.draw(tree, 0, 1);
    return picture.svg.toString();
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
            .map(child -> draw(child, depth + 1, probability * child.probs()))
            .toList();
    double y = (below.getFirst() + below.getLast()) / 2;
    // The coloured way last, so that nothing lies on it.
    for (boolean path : new boolean[] {false, true}) {
      for (int i = 0; i < below.size(); i++) {
        DecisionTree child = node.children().get(i);
        if (child.path() == path) {
          branch(child, new Line(depth, y, below.get(i)), probability * child.probs());
        }
      }
    }
    return y;
  }

  /// @param depth of the node it begins at
  private record Line(int depth, double from, double to) {}

  private void branch(DecisionTree child, Line line, double probability) {
    double x = LEFT + line.depth * COLUMN;
    svg.add(
        String.format(
            Locale.ROOT,
            "<path d=\"M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f H%.1f\" fill=\"none\""
                + " stroke=\"%s\" stroke-width=\"%.2f\"/>",
            x,
            line.from,
            x + BEND * .6,
            line.from,
            x + BEND * .4,
            line.to,
            x + BEND,
            line.to,
            x + COLUMN,
            child.path() ? PATH : OTHER,
            Math.max(.8, THICKEST * probability)));
    double above = line.to - 3 - THICKEST * probability / 2;
    String style =
        "font-size=\"11\"" + (child.path() ? " fill=\"" + PATH + "\" font-weight=\"600\"" : "");
    svg.text(x + BEND + 2, above, style, probs(child.probs()) + "  " + said(child.text()));
  }

  private void answer(DecisionTree leaf, int depth, double probability, double y) {
    String style = leaf.path() ? "fill=\"" + PATH + "\" font-weight=\"600\"" : "";
    String number = leaf.answer().replace("$", "");
    double x = LEFT + Math.max(depth, columns) * COLUMN + 12;
    svg.text(x, y + 4, style, number);
    svg.text(x + 34, y + 4, style, String.format(Locale.ROOT, "%.4f", probability).substring(1));
  }

  private static String probs(double probs) {
    return String.format(Locale.ROOT, "%.2f", probs).replaceFirst("^0", "");
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
