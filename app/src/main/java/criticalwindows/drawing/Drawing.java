package criticalwindows.drawing;

import java.util.ArrayList;
import java.util.List;

/// A picture as a list of marks, drawn in their order. [Svg], [Png] and [Pdf] are made from it.
public final class Drawing {
  private final int width;
  private final int height;
  private final List<Mark> marks = new ArrayList<>();

  /// An empty sheet.
  public Drawing(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /// In pixels at scale 1.
  public int width() {
    return width;
  }

  /// In pixels at scale 1.
  public int height() {
    return height;
  }

  /// Adds a mark on top.
  public void add(Mark mark) {
    marks.add(mark);
  }

  /// What is drawn, in order.
  public List<Mark> marks() {
    return List.copyOf(marks);
  }
}
