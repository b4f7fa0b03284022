package criticalwindows.store;

import criticalwindows.cot.CotSettings;
import criticalwindows.error.UserError;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A [Manifest] as JSON, field by field.
final class ManifestJson {
  /// The layout of a run's folder and of this file.
  private static final int FORMAT = 1;

  private ManifestJson() {}

  /// Writes the fields into an empty object.
  static ObjectNode write(ObjectNode tree, Manifest manifest) {
    tree.put("format", FORMAT).put("experiment", manifest.experiment());
    tree.putObject("model")
        .put("name", manifest.model().name())
        .put("path", manifest.model().path())
        .put("sha256", manifest.model().sha256());
    tree.put("dataset", manifest.dataset()).put("problems", manifest.problems());
    CotSettings settings = manifest.settings();
    tree.putObject("settings")
        .put("cuts", settings.cuts().spec())
        .put("samples", settings.samples())
        .put("temperature", settings.sampling().temperature())
        .put("topP", settings.sampling().topP())
        .put("samplingSource", manifest.samplingSource())
        .put("maxTokens", settings.maxTokens())
        .put("seed", settings.seed());
    tree.putObject("prompts")
        .put("name", manifest.prompts().name())
        .put("hash", manifest.prompts().hash())
        .put("source", manifest.prompts().source());
    put(tree.putObject("provenance"), manifest.provenance());
    tree.putArray("sessions");
    manifest.sessions().forEach(session -> append(tree, session));
    return tree;
  }

  /// Adds a session.
  static void append(ObjectNode tree, Manifest.Session session) {
    ObjectNode entry = ((ArrayNode) tree.get("sessions")).addObject();
    entry.put("started", session.started().toString());
    put(entry.putObject("provenance"), session.provenance());
  }

  /// In the order of the names, so that one manifest is one text.
  private static void put(ObjectNode object, Map<String, String> texts) {
    new TreeMap<>(texts).forEach(object::put);
  }

  /// The manifest in an object.
  ///
  /// @param file it was read from
  /// @throws UserError if it is of another format, or a field is missing or wrong
  static Manifest read(Path file, ObjectNode tree) {
    Fields fields = new Fields(file, "", tree);
    requireFormat(file, fields.integer("format"));
    Fields model = fields.object("model");
    return new Manifest(
        fields.text("experiment"),
        new Manifest.ModelFile(model.text("name"), model.text("path"), model.text("sha256")),
        fields.text("dataset"),
        fields.count("problems"),
        settings(fields.object("settings")),
        fields.object("settings").text("samplingSource"),
        prompts(fields.object("prompts")),
        fields.texts("provenance"),
        fields.objects("sessions").stream().map(ManifestJson::session).toList());
  }

  private static void requireFormat(Path file, int format) {
    if (format != FORMAT) {
      throw new UserError(
          file + " has format " + format + "; this program reads format " + FORMAT,
          "use the version of the program that wrote the run, or a newer one");
    }
  }

  private static CotSettings settings(Fields fields) {
    try {
      return new CotSettings(
          CutPlan.parse(fields.text("cuts")),
          fields.integer("samples"),
          new Sampling(fields.number("temperature"), fields.number("topP")),
          fields.integer("maxTokens"),
          fields.wide("seed"));
    } catch (IllegalArgumentException e) {
      throw fields.failure("the settings cannot be: " + e.getMessage() + ",", e);
    }
  }

  private static PromptSet prompts(Fields fields) {
    try {
      PromptSet prompts = PromptSet.parse(fields.text("source"));
      if (prompts.hash().equals(fields.text("hash"))) {
        return prompts;
      }
    } catch (IllegalArgumentException e) {
      throw fields.failure("the prompts cannot be: " + e.getMessage() + ",", e);
    }
    throw fields.failure("the prompts do not have the hash " + fields.text("hash"));
  }

  private static Manifest.Session session(Fields fields) {
    String started = fields.text("started");
    try {
      return new Manifest.Session(Instant.parse(started), fields.texts("provenance"));
    } catch (DateTimeParseException e) {
      throw fields.failure("a session began at " + started + ", which is no time,", e);
    }
  }
}
