package criticalwindows.figure;

import criticalwindows.drawing.Drawing;
import criticalwindows.drawing.Pdf;
import criticalwindows.drawing.Png;
import criticalwindows.drawing.Svg;
import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A picture, and the numbers in it.
///
/// @param name of its files
/// @param columns of its numbers
/// @param rows as many cells as columns each; empty where there is no value
public record Figure(
    String name, Drawing drawing, List<FigureColumn> columns, List<List<String>> rows) {
  /// The last eight are other widths of the first four, which some spreadsheets take for these.
  private static final Pattern FORMULA =
      Pattern.compile(
          "(?s)[=+\\-@\t\r\n"
              + "'\\x{ff1d}\\x{ff0b}\\x{ff0d}\\x{ff20}\\x{fe66}\\x{fe62}\\x{fe63}\\x{fe6b}].*");

  public Figure {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(row + " for the columns " + columns);
      }
    }
  }

  /// Its numbers as CSV.
  public String csv() {
    return line(columns.stream().map(FigureColumn::word).toList())
        + rows.stream().map(Figure::line).collect(Collectors.joining());
  }

  /// What the columns of all figures' numbers mean, as Markdown.
  public static String meanings() {
    StringBuilder text = new StringBuilder("# Columns of the CSV files\n\n");
    text.append("A cell is empty where there is no value.\n\n| column | meaning |\n|---|---|\n");
    for (FigureColumn column : FigureColumn.values()) {
      text.append("| ").append(column.word()).append(" | ").append(column.meaning());
      text.append(" |\n");
    }
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(Figure::cell).collect(Collectors.joining(",", "", "\n"));
  }

  /// A cell in quotes; one that a spreadsheet could take for a formula has an apostrophe in front.
  private static String cell(String text) {
    boolean formula = FORMULA.matcher(text).matches() && !text.matches("-?[0-9.]+");
    String safe = formula ? "'" + text : text;
    return safe.matches("[A-Za-z0-9._ -]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /// Writes `name.svg`, `name.png`, `name.pdf` and `name.csv`.
  ///
  /// @throws UserError if the folder cannot be written
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      write(folder.resolve(name + ".svg"), Svg.file(drawing));
      Files.write(folder.resolve(name + ".png"), Png.file(drawing));
      Files.write(folder.resolve(name + ".pdf"), Pdf.file(drawing));
      write(folder.resolve(name + ".csv"), csv());
    } catch (IOException e) {
      throw new UserError(
          "figures cannot be written to " + folder + ": " + Reason.of(e),
          "free some disk space or make the folder writable, or name another one",
          e);
    }
  }

  /// Half a character becomes a question mark.
  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
