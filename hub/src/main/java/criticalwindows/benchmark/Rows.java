package criticalwindows.benchmark;

import criticalwindows.mistake.Mistake;
import criticalwindows.store.ParquetRows;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;

/// The records of a file: of Parquet, JSON (a list, one object, or an object a line), CSV, or text.
final class Rows {
  /// The endings that [#of] knows.
  static final List<String> ENDINGS = List.of(".parquet", ".jsonl", ".json", ".csv", ".txt");

  private static final long MOST_BYTES = 1L << 30;

  private Rows() {}

  /// Whether a file's name has an ending that is known here.
  static boolean readable(Path file) {
    return !ending(file).isEmpty();
  }

  private static String ending(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.stream().filter(name::endsWith).findFirst().orElse("");
  }

  /// All records of a file.
  ///
  /// @throws Mistake if it is not there, of no known kind, or no text in UTF-8
  static List<Row> of(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new Mistake("there is no file " + file, "check the path");
    }
    return switch (ending(file)) {
      case ".parquet" -> parquet(file);
      case ".json", ".jsonl" -> JsonRows.of(file, text(file));
      case ".csv" -> CsvRows.of(file, text(file));
      case ".txt" -> blocks(file, text(file));
      default ->
          throw new Mistake(
              file + " is of no kind that is known here",
              "name a file that ends in " + String.join(", ", ENDINGS));
    };
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new Mistake(file + " has more than 1 GiB", "split it, or use it as Parquet");
      }
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Mistake(file + " is no text in UTF-8", "convert it to UTF-8", e);
    } catch (IOException e) {
      throw new Mistake(
          file + " cannot be read: " + e.getMessage(), "check that it may be read", e);
    }
  }

  private static List<Row> parquet(Path file) {
    List<Row> rows = new ArrayList<>();
    for (String object : ParquetRows.read(file)) {
      Place place = new Place(file, "row", rows.size() + 1L);
      try {
        rows.add(new Row.Fields(place, JsonRows.parse(object)));
      } catch (JacksonException e) {
        rows.add(new Row.Broken(place, "cannot be read: " + e.getOriginalMessage()));
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
