package criticalwindows.benchmark;

import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Tells the layout of a file of requests by its columns.
final class RequestDetection {
  /// What to do with a file that is not read.
  static final String HINT =
      "docs/attacks.md has the layouts; name one with its file, such as advbench:FILE";

  private RequestDetection() {}

  /// Whether a first row of CSV is a header: it has the name of a column of some layout.
  static boolean isHeader(List<String> cells) {
    return columns().values().stream().flatMap(List::stream).anyMatch(cells::contains);
  }

  /// The columns of each layout by name, those with most columns first.
  private static Map<String, List<String>> columns() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    RequestLayouts.ALL.stream()
        .sorted(Comparator.comparingInt(layout -> -layout.columns().size()))
        .filter(layout -> !layout.columns().isEmpty())
        .forEach(layout -> columns.put(layout.name(), layout.columns()));
    columns.put(Jailbreaks.NAME, Jailbreaks.COLUMNS);
    return columns;
  }

  /// The layout of a file.
  ///
  /// @throws UserError if it is of none, or fits one only in part
  static String name(Path file, List<Row> rows) {
    Set<String> fields = fields(rows.getFirst());
    for (Map.Entry<String, List<String>> layout : columns().entrySet()) {
      if (fields.containsAll(layout.getValue())) {
        return layout.getKey().startsWith(RequestLayouts.JAILBREAKBENCH)
            ? jailbreakBench(file)
            : layout.getKey();
      }
    }
    throw unknown(file, fields);
  }

  private static UserError unknown(Path file, Set<String> fields) {
    return columns().entrySet().stream()
        .filter(layout -> layout.getValue().stream().anyMatch(fields::contains))
        .max(
            Comparator.comparingDouble(
                layout ->
                    (double) layout.getValue().stream().filter(fields::contains).count()
                        / layout.getValue().size()))
        .map(layout -> partly(file, fields, layout.getKey(), layout.getValue()))
        .orElseGet(
            () ->
                new UserError(
                    file + " is of no layout of requests that is known here",
                    fields.equals(Set.of(Rows.LINE))
                        ? "a harmful request a line is hex-phi:FILE; else give each line an id, a"
                            + " text and a kind"
                        : HINT));
  }

  private static UserError partly(
      Path file, Set<String> fields, String layout, List<String> columns) {
    List<String> missing = columns.stream().filter(name -> !fields.contains(name)).toList();
    List<String> there = columns.stream().filter(fields::contains).toList();
    return new UserError(
        file
            + (there.isEmpty()
                ? " is not of " + layout + ": it has none of " + String.join(", ", missing)
                : " is of "
                    + layout
                    + " only in part: it has "
                    + String.join(", ", there)
                    + ", and no "
                    + String.join(", ", missing)),
        HINT);
  }

  /// Refuses a file that does not have the columns of the layout as which it is read, or whose name
  /// says that it is of another kind.
  static void require(Path file, List<Row> rows, String layout, List<String> columns) {
    Set<String> fields = fields(rows.getFirst());
    boolean fits =
        columns.isEmpty() ? fields.equals(Set.of(Rows.LINE)) : fields.containsAll(columns);
    if (!fits) {
      throw columns.isEmpty()
          ? new UserError(
              file + " is not of " + layout + ": it is more than a request a line", HINT)
          : partly(file, fields, layout, columns);
    }
    if (layout.startsWith(RequestLayouts.JAILBREAKBENCH)) {
      requireKind(file, layout);
    }
  }

  private static Set<String> fields(Row row) {
    return switch (row) {
      case Row.Fields fields -> Set.copyOf(new ArrayList<>(fields.object().propertyNames()));
      case Row.Cells cells when cells.cells().size() == 1 -> Set.of(Rows.LINE);
      default -> new HashSet<>();
    };
  }

  private static void requireKind(Path file, String layout) {
    boolean benign = layout.equals(RequestLayouts.JAILBREAKBENCH_BENIGN);
    String name = name(file);
    if (name.contains(benign ? "harmful" : "benign")) {
      throw new UserError(
          file + " is read as " + layout + ", and its name says that it is not",
          "name it " + jailbreakBench(file) + ":" + file);
    }
  }

  /// Harmful and benign behaviors have the same columns.
  private static String jailbreakBench(Path file) {
    if (name(file).contains("benign")) {
      return RequestLayouts.JAILBREAKBENCH_BENIGN;
    }
    if (name(file).contains("harmful")) {
      return RequestLayouts.JAILBREAKBENCH;
    }
    throw new UserError(
        file
            + " has the columns of jailbreakbench, and nothing says whether it is harmful or"
            + " benign",
        "name it jailbreakbench:" + file + " or jailbreakbench-benign:" + file);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }
}
