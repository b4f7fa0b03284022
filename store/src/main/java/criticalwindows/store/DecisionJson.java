package criticalwindows.store;

import criticalwindows.error.UserError;
import criticalwindows.localise.AdaptiveSearch.Belief;
import criticalwindows.localise.Credible;
import criticalwindows.localise.Move;
import criticalwindows.search.Decision;
import criticalwindows.stats.Interval;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A [Decision] as a line of JSON: `{"problem", "round", "spent", "noWindow", "nats", "places":
/// [[mean, low, high, probability], …], "sample": [[kept, count], …], "reason"}`, or `"stop":
/// reason` for the last two.
final class DecisionJson {
  /// What to do with a file that is broken.
  static final String HINT =
      "move it away and resume: the same decisions are made again from the samples";

  private static final JsonMapper JSON = JsonMapper.shared();

  private DecisionJson() {}

  static String write(Decision decision) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("problem", decision.problem());
    line.put("round", decision.round()).put("spent", decision.spent());
    decision.belief().ifPresent(belief -> write(line, belief));
    switch (decision.move()) {
      case Move.Stop stop -> line.put("stop", stop.reason());
      case Move.Sample sample -> {
        ArrayNode draws = line.putArray("sample");
        sample.draws().forEach(d -> draws.addArray().add(d.position()).add(d.count()));
        line.put("reason", sample.reason());
      }
    }
    return JSON.writeValueAsString(line);
  }

  private static void write(ObjectNode line, Belief belief) {
    line.put("noWindow", belief.noWindow()).put("nats", belief.nats());
    ArrayNode places = line.putArray("places");
    belief
        .places()
        .forEach(
            place ->
                places
                    .addArray()
                    .add(place.mean())
                    .add(place.interval().low())
                    .add(place.interval().high())
                    .add(place.probability()));
  }

  /// @param number of the line, from 1
  static Decision read(Path file, int number, String text) {
    try {
      if (text.indexOf('\uFFFD') >= 0) {
        throw new IllegalArgumentException("bytes that are no UTF-8");
      }
      JsonNode line = JSON.readTree(text);
      return new Decision(
          line.required("problem").stringValue(),
          line.required("round").intValue(),
          line.required("spent").longValue(),
          line.has("noWindow") ? Optional.of(belief(line)) : Optional.empty(),
          line.has("stop")
              ? new Move.Stop(line.required("stop").stringValue())
              : new Move.Sample(
                  draws(line.required("sample")), line.required("reason").stringValue()));
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new UserError(file + " line " + number + " is no decision", HINT, e);
    }
  }

  private static Belief belief(JsonNode line) {
    return new Belief(
        line.required("noWindow").doubleValue(), places(line), line.required("nats").doubleValue());
  }

  /// Searches of before named one place, or none.
  private static List<Credible> places(JsonNode line) {
    return line.has("place")
        ? List.of(place(line.required("place")))
        : line.path("places").values().stream().map(DecisionJson::place).toList();
  }

  private static Credible place(JsonNode place) {
    return new Credible(
        place.required(0).doubleValue(),
        new Interval(place.required(1).doubleValue(), place.required(2).doubleValue()),
        place.required(3).doubleValue());
  }

  private static List<Move.Draw> draws(JsonNode sample) {
    List<Move.Draw> draws = new ArrayList<>();
    for (JsonNode draw : sample.values()) {
      draws.add(new Move.Draw(draw.required(0).intValue(), draw.required(1).intValue()));
    }
    return draws;
  }
}
