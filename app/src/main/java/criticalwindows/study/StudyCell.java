package criticalwindows.study;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One arm of one repetition, and what it came to.
///
/// @param seed of the repetition
public record StudyCell(long seed, String arm, Measured measured) {
  private static final String SEED = "seed";
  private static final String ARM = "arm";
  private static final String FACTS = "facts";
  private static final String VALUES = "values";

  /// As a line of a file.
  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(SEED, seed).put(ARM, arm);
    ObjectNode facts = json.putObject(FACTS);
    measured.facts().forEach(facts::put);
    ObjectNode values = json.putObject(VALUES);
    measured
        .values()
        .forEach(
            (measure, items) -> {
              ObjectNode each = values.putObject(measure);
              items.forEach(each::put);
            });
    return json;
  }

  /// What [#json] was made of.
  static StudyCell of(JsonNode json) {
    Measured.Builder measured = new Measured.Builder();
    for (Map.Entry<String, JsonNode> fact : json.get(FACTS).properties()) {
      measured.fact(fact.getKey(), fact.getValue().asDouble());
    }
    for (Map.Entry<String, JsonNode> measure : json.get(VALUES).properties()) {
      for (Map.Entry<String, JsonNode> item : measure.getValue().properties()) {
        measured.value(measure.getKey(), item.getKey(), item.getValue().asDouble());
      }
    }
    return new StudyCell(json.get(SEED).asLong(), json.get(ARM).asString(), measured.build());
  }
}
