package criticalwindows.reading;

import criticalwindows.database.Database;
import criticalwindows.error.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files of responses with a label of a person's each: CSV with a header, Parquet, or JSON lines.
public final class LabelledTexts {
  private static final List<String> RESPONSES =
      List.of("completion", "response", "generation", "output", "text");
  private static final List<String> LABELS =
      List.of("final_label", "label", "human_label", "human", "class");
  private static final List<String> QUESTIONS =
      List.of("prompt", "question", "request", "behavior", "forbidden_prompt", "goal");

  private LabelledTexts() {}

  /// All of a file, in its order.
  ///
  /// @param label the column with the label; absent for the first that is there of those which
  ///   files mostly have
  /// @throws UserError if the file cannot be read, or a row has no response or no label
  public static List<LabelledText> read(Path file, Optional<String> label) {
    List<Row> rows = rows(file);
    if (rows.isEmpty()) {
      throw new UserError(file + " has no row", "give a file of responses with a label each");
    }
    List<String> names = List.copyOf(rows.getFirst().node().propertyNames());
    Columns columns =
        new Columns(
            file,
            first(names, QUESTIONS),
            first(names, RESPONSES).orElseThrow(() -> missing(file, "responses", RESPONSES)),
            label
                .map(name -> there(file, names, name))
                .or(() -> first(names, LABELS))
                .orElseThrow(() -> missing(file, "labels", LABELS)));
    return rows.stream().map(columns::text).toList();
  }

  private record Row(String place, JsonNode node) {}

  private static UserError missing(Path file, String what, List<String> names) {
    return new UserError(
        file + " has no column of " + what,
        "give it one of these names: "
            + String.join(", ", names)
            + (what.equals("labels") ? "; or name it with --label-column" : ""));
  }

  private static Optional<String> first(List<String> names, List<String> wanted) {
    return wanted.stream().filter(names::contains).findFirst();
  }

  private static String there(Path file, List<String> names, String name) {
    if (!names.contains(name)) {
      throw new UserError(file + " has no column " + name, "there is: " + String.join(", ", names));
    }
    return name;
  }

  private record Columns(Path file, Optional<String> question, String response, String label) {
    LabelledText text(Row row) {
      return new LabelledText(
          row.place(),
          question
              .map(name -> row.node().path(name))
              .filter(JsonNode::isString)
              .map(JsonNode::asString),
          row.node().path(response).asString(""),
          label(row));
    }

    private String label(Row row) {
      JsonNode node = row.node().path(label);
      boolean said = node.isValueNode() && !node.isNull() && !node.asString("").isBlank();
      if (!said) {
        throw new UserError(
            file + ", " + row.place() + " has no label in the column " + label,
            "give every row one, or leave the row out");
      }
      return node.asString().strip();
    }
  }

  private static List<Row> rows(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("there is no file " + file, "check the path");
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return tableRows(file, "read_csv(" + Database.literal(file) + CSV, "CSV");
    }
    if (name.endsWith(".parquet")) {
      return tableRows(file, Database.parquet(List.of(file)), "Parquet");
    }
    List<Row> rows = new ArrayList<>();
    new Input(file, Optional.empty(), "a line is {\"response\": \"…\", \"label\": \"…\"}")
        .each(value -> rows.add(new Row(value.place(), value.node())));
    return rows;
  }

  /// Every cell is a text; nothing is guessed but the ends of lines.
  private static final String CSV =
      ", header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"',"
          + " comment = '', max_line_size = 16777216, parallel = false)";

  private static List<Row> tableRows(Path file, String table, String kind) {
    Database.requireSayable(file.toAbsolutePath(), "a " + kind + " file");
    try (Database database = Database.open(Database.Share.STANDARD, "", file)) {
      return database.query(
          "SELECT to_json(row) FROM " + table + " AS row",
          found -> {
            List<Row> rows = new ArrayList<>();
            while (found.next()) {
              String place = "row " + (rows.size() + 1);
              rows.add(new Row(place, JsonMapper.shared().readTree(found.getString(1))));
            }
            return rows;
          });
    } catch (SQLException e) {
      throw new UserError(
          file + " cannot be read as " + kind + ": " + Database.reason(e),
          "save it as " + kind + ", in UTF-8, with a row of names first",
          e);
    }
  }
}
