package criticalwindows.run;

import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.ratio.MeasuredCurve;
import criticalwindows.stats.Curve;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is known of the texts of a ratio run beside their scores: `curves.jsonl` in its folder, a
/// line for each text of which something is known. It is written once, when the run begins, so that
/// the run can be read without the one that its texts are of.
public final class MeasuredCurves {
  private static final String NAME = "curves.jsonl";
  private static final long MOST_BYTES = 1L << 28;

  private MeasuredCurves() {}

  /// Writes them.
  ///
  /// @param curves by item; empty ones are left out
  public static void write(RunFolder run, Map<String, MeasuredCurve> curves) {
    StringBuilder lines = new StringBuilder();
    curves.forEach(
        (item, curve) -> {
          if (!curve.isEmpty()) {
            lines.append(line(item, curve)).append('\n');
          }
        });
    Path file = run.folder().resolve(NAME);
    try {
      Durable.write(file, lines.toString());
    } catch (IOException e) {
      throw Durable.unwritable(file, e);
    }
  }

  private static String line(String item, MeasuredCurve curve) {
    ObjectNode line = JsonMapper.shared().createObjectNode().put("item", item);
    ArrayNode points = line.putArray("points");
    for (Curve.Point point : curve.curve().points()) {
      points
          .addArray()
          .add(point.position())
          .add(point.proportion().successes())
          .add(point.proportion().trials());
    }
    curve
        .window()
        .ifPresent(window -> line.putArray("window").add(window.low()).add(window.high()));
    ArrayNode exact = line.putArray("exact");
    curve.exact().forEach((kept, probability) -> exact.addArray().add(kept).add(probability));
    return line.toString();
  }

  /// Reads them.
  ///
  /// @return by item; [MeasuredCurve#NONE] stands for what is not there
  /// @throws UserError if the file is missing or damaged
  public static Map<String, MeasuredCurve> read(RunFolder run) {
    Path file = run.folder().resolve(NAME);
    Map<String, MeasuredCurve> curves = new LinkedHashMap<>();
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw damaged(file, "it has more than " + (MOST_BYTES >> 20) + " MiB");
      }
      for (String line : Files.readAllLines(file)) {
        JsonNode node = JsonMapper.shared().readTree(line);
        curves.put(node.path("item").asString(""), curve(node));
      }
    } catch (IOException e) {
      throw damaged(file, Durable.reason(e));
    } catch (JacksonException | IllegalArgumentException e) {
      throw damaged(file, "a line is no curve");
    }
    return curves;
  }

  private static MeasuredCurve curve(JsonNode node) {
    List<Curve.Point> points = new ArrayList<>();
    for (JsonNode point : node.path("points").values()) {
      points.add(
          new Curve.Point(
              point.path(0).asInt(-1),
              new Proportion(point.path(1).asLong(-1), point.path(2).asLong(-1))));
    }
    JsonNode window = node.path("window");
    Map<Integer, Double> exact = new TreeMap<>();
    node.path("exact")
        .values()
        .forEach(each -> exact.put(each.path(0).asInt(-1), each.path(1).asDouble(Double.NaN)));
    return new MeasuredCurve(
        new Curve(points),
        window.isArray()
            ? Optional.of(new Interval(window.path(0).asDouble(), window.path(1).asDouble()))
            : Optional.empty(),
        exact);
  }

  private static UserError damaged(Path file, String why) {
    return new UserError(
        file + " cannot be read: " + why,
        "put a copy of the file back, or begin the run anew: it is written when a run begins");
  }
}
