package criticalwindows.store;

import criticalwindows.error.UserError;
import criticalwindows.prompt.PromptSet;
import criticalwindows.rollout.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A [Manifest] as JSON, field by field.
final class ManifestJson {
  /// The layout of a run's folder and of this file.
  static final int FORMAT = 3;

  private static final String ADAPTER = "adapter";
  private static final String STEERING = "steering";

  private ManifestJson() {}

  /// Writes the fields into an empty object.
  static ObjectNode write(ObjectNode tree, Manifest manifest) {
    tree.put("format", FORMAT).put("experiment", manifest.experiment());
    put(tree.putObject("settings"), manifest.settings());
    ObjectNode models = tree.putObject("models");
    new TreeMap<>(manifest.models()).forEach((role, model) -> put(models.putObject(role), model));
    tree.putObject("items")
        .put("source", manifest.items().source())
        .put("number", manifest.items().number());
    tree.putObject("prompts")
        .put("name", manifest.prompts().name())
        .put("hash", manifest.prompts().hash())
        .put("source", manifest.prompts().source());
    put(tree.putObject("provenance"), manifest.provenance());
    tree.putArray("sessions");
    manifest.sessions().forEach(session -> append(tree, session));
    return tree;
  }

  private static void put(ObjectNode object, Manifest.ModelFile model) {
    object.put("name", model.name()).put("path", model.path()).put("sha256", model.sha256());
    model
        .adapter()
        .ifPresent(
            adapter ->
                object
                    .putObject(ADAPTER)
                    .put("path", adapter.path())
                    .put("sha256", adapter.sha256()));
    model
        .steering()
        .ifPresent(
            vector ->
                object
                    .putObject(STEERING)
                    .put("path", vector.path())
                    .put("sha256", vector.sha256())
                    .put("scale", vector.scale()));
  }

  private static void put(ObjectNode object, Settings settings) {
    settings
        .values()
        .forEach(
            (name, value) -> {
              switch (value) {
                case Settings.Value.Text(String text) -> object.put(name, text);
                case Settings.Value.Whole(long number) -> object.put(name, number);
                case Settings.Value.Real(double number) -> object.put(name, number);
                case Settings.Value.Texts(List<String> texts) ->
                    texts.forEach(object.putArray(name)::add);
              }
            });
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
    requireFormat(file, tree);
    Fields fields = new Fields(file, "", tree);
    return new Manifest(
        fields.text("experiment"),
        settings(fields.object("settings")),
        models(fields.object("models")),
        items(fields.object("items")),
        prompts(fields.object("prompts")),
        fields.texts("provenance"),
        fields.objects("sessions").stream().map(ManifestJson::session).toList());
  }

  /// A folder of another format is left to the version that wrote it.
  private static void requireFormat(Path file, ObjectNode tree) {
    if (!tree.has("format")) {
      throw new UserError(
          file + " names no format; this program reads format " + FORMAT,
          "name the folder of a run that this version began, or begin it anew");
    }
    int format = new Fields(file, "", tree).integer("format");
    if (format != FORMAT) {
      throw new UserError(
          file + " has format " + format + "; this program reads format " + FORMAT,
          "use the version of the program that wrote the run"
              + (format > FORMAT ? ", or a newer one" : ", or begin it anew"));
    }
  }

  private static Settings settings(Fields fields) {
    Settings settings = Settings.NONE;
    for (String name : fields.node().propertyNames()) {
      settings = settings.with(name, fields.setting(name));
    }
    return settings;
  }

  private static Map<String, Manifest.ModelFile> models(Fields fields) {
    Map<String, Manifest.ModelFile> models = new TreeMap<>();
    fields.object(Manifest.SUBJECT);
    for (String role : fields.node().propertyNames()) {
      models.put(role, model(fields.object(role)));
    }
    return models;
  }

  private static Manifest.ModelFile model(Fields model) {
    Optional<Manifest.AdapterFile> adapter =
        model.node().has(ADAPTER) ? Optional.of(adapter(model.object(ADAPTER))) : Optional.empty();
    Optional<Manifest.SteeringFile> steering =
        model.node().has(STEERING)
            ? Optional.of(steering(model.object(STEERING)))
            : Optional.empty();
    return new Manifest.ModelFile(
        model.text("name"), model.text("path"), model.text("sha256"), adapter, steering);
  }

  private static Manifest.SteeringFile steering(Fields vector) {
    return new Manifest.SteeringFile(
        vector.text("path"), vector.text("sha256"), vector.real("scale"));
  }

  private static Manifest.AdapterFile adapter(Fields adapter) {
    return new Manifest.AdapterFile(adapter.text("path"), adapter.text("sha256"));
  }

  private static Manifest.Items items(Fields fields) {
    return new Manifest.Items(fields.text("source"), fields.count("number"));
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
