package criticalwindows.bench;

import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads curves, one JSON object a line: `{"id", "length", "kept": [positions], "p":
/// [probabilities], "tokens": [mean continuation length, optional]}`. Other keys are ignored.
///
/// A curve with `/incorrect` in its id is one of P(right) that falls; it is read as 1 − p.
final class GivenCurves {
  private static final String LAYOUT =
      "each line is {\"id\": …, \"length\": …, \"kept\": [growing positions], \"p\": [as many"
          + " probabilities]}";

  private GivenCurves() {}

  /// Which lines of a file, counted from 1.
  enum Lines {
    ODD,
    EVEN,
    ALL;

    boolean holds(int line) {
      return this == ALL || line % 2 == (this == ODD ? 1 : 0);
    }
  }

  /// The curves on these lines.
  ///
  /// @throws UserError if the file cannot be read, or a line is no curve
  static List<GivenCurve> read(Path file, Lines lines) {
    try {
      List<String> all = Files.readAllLines(file);
      List<GivenCurve> curves = new ArrayList<>();
      for (int line = 1; line <= all.size(); line++) {
        if (lines.holds(line) && !all.get(line - 1).isBlank()) {
          curves.add(curve(file + " line " + line, line, all.get(line - 1)));
        }
      }
      if (curves.isEmpty()) {
        throw new UserError("no curves in " + file, LAYOUT);
      }
      return curves;
    } catch (IOException e) {
      throw new UserError(
          "no curves can be read from " + file,
          "name a file of JSON lines, or world for exact curves",
          e);
    }
  }

  private static GivenCurve curve(String where, int line, String text) {
    JsonNode node;
    try {
      node = JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new UserError(where + " is no JSON object", LAYOUT, e);
    }
    String id = node.path("id").asString("");
    int length = node.path("length").asInt(0);
    int[] kept = Arrays.stream(numbers(node.path("kept"))).mapToInt(x -> (int) x).toArray();
    double[] values = numbers(node.path("p"));
    double[] tokens = numbers(node.path("tokens"));
    if (tokens.length == 0) {
      tokens = IntStream.of(kept).mapToDouble(position -> length - position).toArray();
    }
    if (!sound(length, kept, values) || tokens.length != kept.length) {
      throw new UserError(where + " is no curve", LAYOUT);
    }
    if (id.contains("/incorrect")) {
      values = Arrays.stream(values).map(value -> 1 - value).toArray();
    }
    return new GivenCurve(id, line, length, kept, values, tokens);
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(number -> number.asDouble(Double.NaN))
        .toArray();
  }

  private static boolean sound(int length, int[] kept, double[] values) {
    boolean sound = kept.length > 0 && kept.length == values.length && kept[0] >= 0;
    for (int i = 0; i < kept.length && sound; i++) {
      boolean grows = i == 0 || kept[i] > kept[i - 1];
      sound = grows && kept[i] <= length && values[i] >= 0 && values[i] <= 1;
    }
    return sound;
  }
}
