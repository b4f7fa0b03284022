package criticalwindows.benchmark;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.tables.ParquetRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The records of a file: of Parquet, JSON (a list, or objects one after the other), CSV, or text.
/// All but Parquet may be packed by gzip.
public final class Rows {
  /// The endings that [#of] knows.
  static final List<String> ENDINGS =
      List.of(".parquet", ".jsonl", ".ndjson", ".json", ".csv", ".txt");

  /// The field of what is a record by itself.
  static final String LINE = "line";

  private Rows() {}

  /// Whether a file's name has an ending that is known here.
  static boolean readable(Path file) {
    return !ending(file).isEmpty();
  }

  private static String ending(Path file) {
    String packed = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String name = packed.endsWith(".gz") ? packed.substring(0, packed.length() - 3) : packed;
    return ENDINGS.stream().filter(name::endsWith).findFirst().orElse("");
  }

  /// All records of a file.
  ///
  /// @throws UserError if it is not there, of no known kind, or no text in UTF-8
  static List<Row> of(Path file) {
    return switch (there(file)) {
      case ".parquet" -> parquet(file);
      case ".json", ".jsonl", ".ndjson" -> JsonRows.of(file, TextFile.read(file));
      case ".csv" -> CsvRows.of(file, TextFile.read(file));
      case ".txt" -> blocks(file, TextFile.read(file));
      default ->
          throw new UserError(
              file + " is of no kind that is known here",
              "name a file that ends in " + String.join(", ", ENDINGS));
    };
  }

  /// The records of a file under a header, where it is CSV; a text has a record a line, in the
  /// field [#LINE].
  ///
  /// @param header whether a first row of CSV is one
  /// @throws UserError as [#of]
  static List<Row> of(Path file, Predicate<List<String>> header) {
    return switch (there(file)) {
      case ".csv" -> CsvRows.of(file, TextFile.read(file), header);
      case ".txt" -> lines(file, TextFile.read(file));
      default -> of(file);
    };
  }

  private static String there(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("there is no file " + file, "check the path");
    }
    return ending(file);
  }

  private static List<Row> lines(Path file, String text) {
    List<Row> rows = new ArrayList<>();
    long number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (!line.isBlank()) {
        rows.add(new Row.Fields(new Place(file, "line", number), field(line)));
      }
    }
    return rows;
  }

  /// A text as the field [#LINE] of a record.
  static JsonNode field(String line) {
    return JsonMapper.shared().createObjectNode().put(LINE, line);
  }

  /// The objects of a JSON file, whatever its name.
  ///
  /// @throws UserError if it is not there, or no text in UTF-8 or UTF-16
  public static List<Row> json(Path file) {
    return JsonRows.of(file, TextFile.read(file));
  }

  private static List<Row> parquet(Path file) {
    List<Row> rows = new ArrayList<>();
    for (String object : ParquetRows.read(file)) {
      Place place = new Place(file, "row", rows.size() + 1L);
      try {
        rows.add(new Row.Fields(place, JsonRows.parse(object)));
      } catch (JacksonException e) {
        rows.add(
            new Row.Broken(
                place, "cannot be read: " + Reason.withoutPlaces(e.getOriginalMessage())));
      }
    }
    return rows;
  }

  private static List<Row> blocks(Path file, String text) {
    List<Row> rows = new ArrayList<>();
    List<String> block = new ArrayList<>();
    long line = 0;
    for (String each : (text + "\n\n").lines().toList()) {
      line++;
      if (!each.isBlank()) {
        block.add(each.strip());
      } else if (!block.isEmpty()) {
        rows.add(new Row.Block(new Place(file, "line", line - block.size()), block));
        block.clear();
      }
    }
    return rows;
  }
}
