package criticalwindows.run;

import criticalwindows.localise.ClassChange;
import criticalwindows.localise.Credible;
import criticalwindows.localise.Episode;
import criticalwindows.localise.Scatter;
import criticalwindows.localise.WindowPosterior;
import criticalwindows.stats.Interval;
import criticalwindows.window.WindowFinding;
import criticalwindows.window.WindowStudy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the window model says, as JSON and back, to the last bit.
final class WindowsJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private WindowsJson() {}

  static ObjectNode of(String key, WindowStudy study) {
    ObjectNode node = JSON.objectNode();
    node.put("key", key);
    node.put("concentration", study.scatter().concentration());
    node.put("wide", study.scatter().wide());
    ArrayNode problems = node.putArray("problems");
    study
        .byProblem()
        .forEach((id, known) -> problems.add(problem(known).put("q", study.q().get(id))));
    return node;
  }

  /// @throws RuntimeException of some kind where it is not what [#of] writes
  static WindowStudy study(JsonNode node) {
    Map<String, WindowFinding> byProblem = new LinkedHashMap<>();
    Map<String, Double> q = new LinkedHashMap<>();
    for (JsonNode each : field(node, "problems")) {
      WindowFinding known = problem(each);
      byProblem.put(known.problem(), known);
      q.put(known.problem(), number(each, "q"));
    }
    Scatter scatter = new Scatter(number(node, "concentration"), field(node, "wide").asBoolean());
    return new WindowStudy(byProblem, q, scatter, List.of());
  }

  private static ObjectNode problem(WindowFinding known) {
    ObjectNode node = JSON.objectNode();
    node.put("problem", known.problem());
    node.put("rollouts", known.rollouts());
    node.put("noWindow", known.noWindow());
    node.put("beforehand", known.beforehand());
    node.set("window", episode(known.window()));
    ArrayNode others = node.putArray("others");
    known.others().forEach(window -> others.add(episode(window)));
    ArrayNode curve = node.putArray("curve");
    known
        .curve()
        .forEach(
            point ->
                curve
                    .addArray()
                    .add(point.position())
                    .add(point.mean())
                    .add(point.band().low())
                    .add(point.band().high()));
    ArrayNode classes = node.putArray("classes");
    for (ClassChange change : known.classes()) {
      ObjectNode each = classes.addObject();
      each.put("name", change.name());
      each.put("before", change.before());
      each.put("after", change.after());
      each.set("gain", credible(change.gain()));
      each.put("gains", change.gains());
    }
    return node;
  }

  private static WindowFinding problem(JsonNode node) {
    return new WindowFinding(
        field(node, "problem").asString(),
        field(node, "rollouts").asLong(),
        number(node, "noWindow"),
        number(node, "beforehand"),
        episode(field(node, "window")),
        all(node, "others", WindowsJson::episode),
        all(
            node,
            "curve",
            point ->
                new WindowPosterior.Point(
                    point.required(0).asInt(),
                    at(point, 1),
                    new Interval(at(point, 2), at(point, 3)))),
        all(
            node,
            "classes",
            each ->
                new ClassChange(
                    field(each, "name").asString(),
                    number(each, "before"),
                    number(each, "after"),
                    credible(field(each, "gain")),
                    number(each, "gains"))));
  }

  private static ObjectNode episode(Episode window) {
    ObjectNode node = JSON.objectNode();
    node.set("place", credible(window.place()));
    node.set("from", credible(window.from()));
    node.set("to", credible(window.to()));
    node.set("width", credible(window.width()));
    node.set("rise", credible(window.rise()));
    node.put("sharp", window.sharp());
    node.put("gradual", window.gradual());
    node.put("rises", window.rises());
    return node;
  }

  private static Episode episode(JsonNode node) {
    return new Episode(
        credible(field(node, "place")),
        credible(field(node, "from")),
        credible(field(node, "to")),
        credible(field(node, "width")),
        credible(field(node, "rise")),
        number(node, "sharp"),
        number(node, "gradual"),
        number(node, "rises"));
  }

  private static ArrayNode credible(Credible known) {
    return JSON.arrayNode()
        .add(known.mean())
        .add(known.interval().low())
        .add(known.interval().high())
        .add(known.probability());
  }

  private static Credible credible(JsonNode node) {
    return new Credible(at(node, 0), new Interval(at(node, 1), at(node, 2)), at(node, 3));
  }

  private static <T> List<T> all(JsonNode node, String name, Function<JsonNode, T> each) {
    List<T> all = new ArrayList<>();
    field(node, name).forEach(element -> all.add(each.apply(element)));
    return all;
  }

  private static JsonNode field(JsonNode node, String name) {
    return node.required(name);
  }

  private static double number(JsonNode node, String name) {
    return finite(field(node, name));
  }

  private static double at(JsonNode node, int index) {
    return finite(node.required(index));
  }

  private static double finite(JsonNode node) {
    if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
      throw new IllegalArgumentException("not a number: " + node);
    }
    return node.asDouble();
  }
}
