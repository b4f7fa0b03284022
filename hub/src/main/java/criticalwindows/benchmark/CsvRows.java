package criticalwindows.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The rows of a CSV file: cells between commas; one that begins with a quotation mark ends with
/// the next single one, and may hold commas, line ends, and quotation marks written twice (RFC
/// 4180). A first row from `question` to `answer` is a header, and the others are its objects.
final class CsvRows {
  private final Path file;
  private final String text;
  private final Predicate<List<String>> header;
  private final List<Row> rows = new ArrayList<>();
  private List<String> names = List.of();
  private int at;
  private long line = 1;
  private boolean broken;

  private CsvRows(Path file, String text, Predicate<List<String>> header) {
    this.file = file;
    this.text = text;
    this.header = header;
  }

  static List<Row> of(Path file, String text) {
    return of(file, text, CsvRows::isHeader);
  }

  /// @param header whether a first row is one
  static List<Row> of(Path file, String text, Predicate<List<String>> header) {
    CsvRows csv = new CsvRows(file, text, header);
    while (csv.at < text.length()) {
      csv.row();
    }
    return csv.rows;
  }

  private void row() {
    Place place = new Place(file, "line", line);
    broken = false;
    List<String> cells = new ArrayList<>();
    do {
      cells.add(next() == '"' ? quoted() : plain());
    } while (skip(','));
    skip('\r');
    line += skip('\n') ? 1 : 0;
    if (broken) {
      rows.add(new Row.Broken(place, "has quotation marks that do not fit"));
    } else if (rows.isEmpty() && names.isEmpty() && header.test(cells)) {
      names = List.copyOf(cells);
    } else if (!cells.equals(List.of(""))) {
      rows.add(row(place, cells));
    }
  }

  private static boolean isHeader(List<String> cells) {
    return cells.getFirst().equalsIgnoreCase("question")
        && cells.getLast().equalsIgnoreCase("answer");
  }

  private Row row(Place place, List<String> cells) {
    if (names.isEmpty()) {
      return new Row.Cells(place, cells);
    }
    if (cells.size() != names.size()) {
      String why = "has " + cells.size() + " cells under " + names.size() + " names";
      return new Row.Broken(place, why);
    }
    ObjectNode object = JsonMapper.shared().createObjectNode();
    for (int i = 0; i < cells.size(); i++) {
      object.put(names.get(i), cells.get(i));
    }
    return new Row.Fields(place, object);
  }

  /// The character to come, or a line end behind the last one.
  private char next() {
    return at < text.length() ? text.charAt(at) : '\n';
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private String plain() {
    int from = at;
    while (",\r\n".indexOf(next()) < 0) {
      at++;
    }
    return text.substring(from, at);
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      line += c == '\n' ? 1 : 0;
      if (c != '"') {
        cell.append(c);
      } else if (skip('"')) {
        cell.append('"');
      } else {
        broken |= !plain().isEmpty();
        return cell.toString();
      }
    }
    broken = true;
    return cell.toString();
  }
}
