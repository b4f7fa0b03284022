package criticalwindows.benchmark;

import criticalwindows.error.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/// The objects of a JSON file: an object a line, one list, or objects over several lines each.
final class JsonRows {
  /// A name that comes twice would hide what it said first.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final ObjectReader ELEMENT =
      JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// The first line of an object that goes on in the next. A line that was cut short looks
  /// otherwise, as a rule, and is a fault of its own.
  private static final Pattern OVER_LINES = Pattern.compile("\\{(.*[{,\\[])?");

  private JsonRows() {}

  /// The JSON in a text.
  ///
  /// @throws JacksonException if it is none
  static JsonNode parse(String text) {
    return JSON.readTree(text);
  }

  static List<Row> of(Path file, String text) {
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
    boolean list = first.startsWith("[");
    return list || OVER_LINES.matcher(first).matches()
        ? stream(file, text, list)
        : lines(file, text);
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
      return new Row.Broken(place, "is no JSON: " + Reason.withoutPlaces(e.getOriginalMessage()));
    }
  }

  private static Row row(Place place, JsonNode node) {
    return node.isObject()
        ? new Row.Fields(place, node)
        : new Row.Broken(place, "is no JSON object");
  }

  /// Behind a fault nothing can be trusted: the fault is the last record.
  private static List<Row> stream(Path file, String text, boolean list) {
    List<Row> rows = new ArrayList<>();
    Place place = new Place(file, "line", 1);
    try (JsonParser parser = JSON.createParser(text)) {
      if (list) {
        parser.nextToken();
      }
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        place = new Place(file, "line", parser.currentTokenLocation().getLineNr());
        rows.add(row(place, ELEMENT.readTree(parser)));
      }
      if (list && parser.nextToken() != null) {
        place = new Place(file, "line", parser.currentTokenLocation().getLineNr());
        rows.add(new Row.Broken(place, "stands behind the end of the list"));
      }
    } catch (JacksonException e) {
      String why =
          "is no JSON, and nothing behind it was read: "
              + Reason.withoutPlaces(e.getOriginalMessage());
      rows.add(new Row.Broken(place, why));
    }
    return rows;
  }
}
