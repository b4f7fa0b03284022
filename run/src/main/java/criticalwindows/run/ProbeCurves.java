package criticalwindows.run;

import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.probe.ProbeCurve;
import criticalwindows.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What probes forecast along the originals of a run: `probes.jsonl` in its folder, a line for each
/// text and probe, with `item`, `probe`, `class`, and the arrays `kept` and `probability`.
public final class ProbeCurves {
  private static final String NAME = "probes.jsonl";
  private static final long MOST_BYTES = 1L << 30;

  private ProbeCurves() {}

  /// Writes the curves of some probes; those of other probes stay as they are.
  ///
  /// @param curves none twice of a text and a probe
  public static void write(RunFolder run, List<ProbeCurve> curves) {
    List<String> names = curves.stream().map(ProbeCurve::probe).distinct().toList();
    List<ProbeCurve> all = new ArrayList<>(read(run));
    all.removeIf(curve -> names.contains(curve.probe()));
    all.addAll(curves);
    StringBuilder lines = new StringBuilder();
    all.forEach(curve -> lines.append(line(curve)).append('\n'));
    Path file = run.folder().resolve(NAME);
    try {
      Durable.write(file, lines.toString());
    } catch (IOException e) {
      throw Durable.unwritable(file, e);
    }
  }

  private static String line(ProbeCurve curve) {
    ObjectNode line =
        JsonMapper.shared()
            .createObjectNode()
            .put("item", curve.item())
            .put("probe", curve.probe())
            .put("class", curve.about());
    ArrayNode kept = line.putArray("kept");
    curve.kept().forEach(kept::add);
    ArrayNode probability = line.putArray("probability");
    curve.probability().forEach(probability::add);
    return line.toString();
  }

  /// Reads them, in the file's order; none where no probe was applied.
  ///
  /// @throws UserError if the file is damaged
  public static List<ProbeCurve> read(RunFolder run) {
    Path file = run.folder().resolve(NAME);
    List<ProbeCurve> curves = new ArrayList<>();
    if (!Files.exists(file)) {
      return curves;
    }
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw damaged(file, "it has more than " + (MOST_BYTES >> 20) + " MiB");
      }
      for (String line : Files.readAllLines(file)) {
        curves.add(curve(JsonMapper.shared().readTree(line)));
      }
    } catch (IOException e) {
      throw damaged(file, Durable.reason(e));
    } catch (JacksonException | IllegalArgumentException e) {
      throw damaged(file, "line " + (curves.size() + 1) + " is no curve");
    }
    return curves;
  }

  private static ProbeCurve curve(JsonNode node) {
    List<Integer> kept = new ArrayList<>();
    node.path("kept").values().forEach(each -> kept.add(each.asInt(-1)));
    List<Double> probability = new ArrayList<>();
    node.path("probability").values().forEach(each -> probability.add(each.asDouble(Double.NaN)));
    return new ProbeCurve(
        node.path("item").asString(""),
        node.path("probe").asString(""),
        node.path("class").asString(""),
        kept,
        probability);
  }

  private static UserError damaged(Path file, String why) {
    return new UserError(
        file + " cannot be read: " + why, "apply the probes again, or remove the file");
  }
}
