package criticalwindows.view;

import java.util.ArrayList;
import java.util.List;

/// A table as everybody reads it: the terminal prints its [#lines], a page and a CSV file have its
/// cells, and all of them explain its columns.
///
/// @param columns at least one
/// @param <R> what a row is made of
public record View<R>(List<Column<R>> columns, List<R> rows) {
  private static final String GAP = "  ";
  private static final int WIDTH = 116;

  public View {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a view without columns");
    }
  }

  /// Without the columns that say nothing of any row.
  public View<R> saying() {
    List<Column<R>> said =
        columns.stream()
            .filter(
                column ->
                    rows.isEmpty()
                        || rows.stream().map(column.show()).anyMatch(cell -> !silent(cell)))
            .toList();
    return said.isEmpty() ? this : new View<>(said, rows);
  }

  private static boolean silent(String cell) {
    return cell.isEmpty() || cell.equals("–");
  }

  /// The columns' names.
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /// A row for each of the rows, a cell for each column.
  public List<List<String>> cells() {
    return rows.stream()
        .map(row -> columns.stream().map(column -> column.show().apply(row)).toList())
        .toList();
  }

  /// The names and the cells, one below the other, and beneath what the columns mean.
  ///
  /// @param notes what else there is to explain
  public List<String> lines(String... notes) {
    List<List<String>> all = new ArrayList<>(List.of(names()));
    all.addAll(cells());
    List<String> lines = new ArrayList<>(aligned(all));
    List<String> legend = new ArrayList<>();
    columns.stream()
        .filter(column -> !column.name().isEmpty())
        .forEach(column -> legend.add(column.name() + ": " + column.meaning()));
    legend.addAll(List.of(notes));
    lines.addAll(wrapped("(" + String.join("; ", legend) + ")"));
    return lines;
  }

  /// Rows with every column as wide as its widest cell, two spaces apart.
  public static List<String> aligned(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (i == widths.size()) {
          widths.add(0);
        }
        widths.set(i, Math.max(widths.get(i), width(row.get(i))));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      line.append(GAP).append(cell).repeat(' ', widths.get(i) - width(cell));
    }
    return line.toString().stripTrailing();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  /// A text in lines that begin with two spaces.
  public static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + word.length() >= WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? lines.isEmpty() ? GAP : GAP + " " : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
