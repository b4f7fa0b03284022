package criticalwindows.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Packs documents into rows of one length by first fit, none of them over two rows. When too many
/// rows are open, the fullest is closed; what is left of it is padding.
final class Packer {
  private static final int OPEN_ROWS = 40;

  private final int columns;
  private final int padding;
  private final List<int[]> closed = new ArrayList<>();
  private final List<Row> open = new ArrayList<>();

  private static final class Row {
    private final int[] ids;
    private int length;

    Row(int columns, int padding) {
      ids = new int[columns];
      Arrays.fill(ids, padding);
    }

    boolean takes(int[] document) {
      return length + document.length <= ids.length;
    }

    void add(int[] document) {
      System.arraycopy(document, 0, ids, length, document.length);
      length += document.length;
    }
  }

  /// @param columns of a row
  /// @param padding the id that fills what is left of a row
  Packer(int columns, int padding) {
    this.columns = columns;
    this.padding = padding;
  }

  /// Puts a document into a row.
  ///
  /// @return false if it is longer than a row, and so left out
  boolean add(int[] document) {
    if (document.length > columns) {
      return false;
    }
    for (Row row : open) {
      if (row.takes(document)) {
        row.add(document);
        return true;
      }
    }
    Row row = new Row(columns, padding);
    row.add(document);
    open.add(row);
    if (open.size() > OPEN_ROWS) {
      close();
    }
    return true;
  }

  /// The rows that are closed, in the order in which they were.
  List<int[]> closed() {
    return closed;
  }

  private void close() {
    int fullest = 0;
    for (int i = 1; i < open.size(); i++) {
      if (open.get(i).length > open.get(fullest).length) {
        fullest = i;
      }
    }
    closed.add(open.remove(fullest).ids);
  }
}
