package criticalwindows.benchmark;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// One record as its file has it, before anybody has said what it means.
public sealed interface Row {
  /// Where it stands.
  Place place();

  /// An object: a line or an element of JSON, a row of a table, or a row of CSV under a header.
  record Fields(Place place, JsonNode object) implements Row {
    boolean has(String field) {
      return !object.path(field).isMissingNode() && !object.path(field).isNull();
    }

    JsonNode get(String field) throws NotAProblem {
      if (!has(field)) {
        throw new NotAProblem("has no " + field);
      }
      return object.path(field);
    }

    String text(String field) throws NotAProblem {
      return text(get(field), field);
    }

    /// A whole number, written as such or in quotation marks.
    int number(String field) throws NotAProblem {
      String digits = get(field).asString("");
      if (!digits.matches("[0-9]{1,4}")) {
        throw new NotAProblem("has no number in " + field + ": " + digits);
      }
      return Integer.parseInt(digits);
    }

    List<String> texts(String field) throws NotAProblem {
      return texts(get(field), field);
    }

    /// A text that says something, without space around it.
    static String text(JsonNode node, String field) throws NotAProblem {
      if (!node.isString() || node.stringValue().isBlank()) {
        throw new NotAProblem("has no text in " + field);
      }
      return node.stringValue().strip();
    }

    static List<String> texts(JsonNode node, String field) throws NotAProblem {
      if (!node.isArray() || node.isEmpty()) {
        throw new NotAProblem("has no list in " + field);
      }
      List<String> texts = new ArrayList<>();
      for (JsonNode element : node.values()) {
        texts.add(text(element, field));
      }
      return texts;
    }
  }

  /// A row of CSV without a header.
  record Cells(Place place, List<String> cells) implements Row {
    public Cells {
      cells = List.copyOf(cells);
    }
  }

  /// Lines between two blank ones.
  record Block(Place place, List<String> lines) implements Row {
    public Block {
      lines = List.copyOf(lines);
    }
  }

  /// What is no record of its file's kind.
  ///
  /// @param why as the end of "the record …"
  record Broken(Place place, String why) implements Row {}
}
