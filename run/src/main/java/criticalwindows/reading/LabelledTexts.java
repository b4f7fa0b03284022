package criticalwindows.reading;

import criticalwindows.error.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

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
    List<LabelledRow> rows =
        LabelledRow.all(file, "a line is {\"response\": \"…\", \"label\": \"…\"}");
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
    LabelledText text(LabelledRow row) {
      return new LabelledText(
          row.place(),
          question
              .map(name -> row.node().path(name))
              .filter(JsonNode::isString)
              .map(JsonNode::asString),
          row.node().path(response).asString(""),
          label(row));
    }

    private String label(LabelledRow row) {
      return row.text(label)
          .orElseThrow(
              () ->
                  new UserError(
                      file + ", " + row.place() + " has no label in the column " + label,
                      "give every row one, or leave the row out"));
    }
  }
}
