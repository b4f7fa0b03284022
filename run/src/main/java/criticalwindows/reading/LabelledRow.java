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

/// A row of a file that somebody labelled: CSV with a header, Parquet, or JSON lines.
///
/// @param place for complaints, such as `row 3`
record LabelledRow(String place, JsonNode node) {
  /// What stands in a column; absent where that is nothing.
  Optional<String> text(String column) {
    JsonNode value = node.path(column);
    boolean said = value.isValueNode() && !value.isNull() && !value.asString("").isBlank();
    return said ? Optional.of(value.asString().strip()) : Optional.empty();
  }

  /// All of a file, in its order.
  ///
  /// @param hint what a line of JSON is
  /// @throws UserError if it cannot be read
  static List<LabelledRow> all(Path file, String hint) {
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
    List<LabelledRow> rows = new ArrayList<>();
    new Input(file, Optional.empty(), hint)
        .each(value -> rows.add(new LabelledRow(value.place(), value.node())));
    return rows;
  }

  /// Every cell is a text; nothing is guessed but the ends of lines.
  private static final String CSV =
      ", header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"',"
          + " comment = '', max_line_size = 16777216, parallel = false)";

  private static List<LabelledRow> tableRows(Path file, String table, String kind) {
    Database.requireSayable(file.toAbsolutePath(), "a " + kind + " file");
    try (Database database = Database.open(Database.Share.STANDARD, "", file)) {
      return database.query(
          "SELECT to_json(row) FROM " + table + " AS row",
          found -> {
            List<LabelledRow> rows = new ArrayList<>();
            while (found.next()) {
              String place = "row " + (rows.size() + 1);
              rows.add(new LabelledRow(place, JsonMapper.shared().readTree(found.getString(1))));
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
