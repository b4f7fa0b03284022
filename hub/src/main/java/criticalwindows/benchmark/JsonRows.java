package criticalwindows.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// The objects of a JSON file: an object a line, one list, or one object.
final class JsonRows {
  /// A name that comes twice would hide what it said first.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final ObjectReader ELEMENT =
      JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonRows() {}

  /// The JSON in a text.
  ///
  /// @throws JacksonException if it is none
  static JsonNode parse(String text) {
    return JSON.readTree(text);
  }

  static List<Row> of(Path file, String text) {
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    if (first.startsWith("[")) {
      return list(file, text);
    }
    boolean open = first.startsWith("{") && !first.endsWith("}");
    return open ? List.of(row(new Place(file, "line", 1), text)) : lines(file, text);
  }

  private static List<Row> lines(Path file, String text) {
    List<Row> rows = new ArrayList<>();
    long line = 0;
    for (String each : text.lines().toList()) {
      line++;
      if (!each.isBlank()) {
        rows.add(row(new Place(file, "line", line), each));
      }
    }
    return rows;
  }

  private static Row row(Place place, String text) {
    try {
      return row(place, parse(text));
    } catch (JacksonException e) {
      return new Row.Broken(place, "is no JSON: " + e.getOriginalMessage());
    }
  }

  private static Row row(Place place, JsonNode node) {
    return node.isObject()
        ? new Row.Fields(place, node)
        : new Row.Broken(place, "is no JSON object");
  }

  /// Behind a fault in the list nothing can be trusted: the fault is its last record.
  private static List<Row> list(Path file, String text) {
    List<Row> rows = new ArrayList<>();
    Place place = new Place(file, "line", 1);
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        place = new Place(file, "line", parser.currentTokenLocation().getLineNr());
        rows.add(row(place, ELEMENT.readTree(parser)));
      }
    } catch (JacksonException e) {
      String why = "is no JSON, and nothing behind it was read: " + e.getOriginalMessage();
      rows.add(new Row.Broken(place, why));
    }
    return rows;
  }
}
