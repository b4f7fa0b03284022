package criticalwindows.store;

import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.rollout.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The file `run.json`, with what is in it and unknown here.
record RunJson(Path file, ObjectNode tree, Manifest manifest) {
  /// Far more than prompts and sessions take.
  private static final long MOST_BYTES = 64L << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /// Writes a new file.
  static RunJson create(Path file, Manifest manifest) {
    RunJson created =
        new RunJson(file, ManifestJson.write(JSON.createObjectNode(), manifest), manifest);
    created.save();
    return created;
  }

  /// Reads the file.
  ///
  /// @throws UserError if it is not there, broken, of another format, or lacks a field
  static RunJson load(Path file) {
    JsonNode tree = parse(file);
    if (!(tree instanceof ObjectNode object)) {
      throw broken(file, "it is no object");
    }
    return new RunJson(file, object, ManifestJson.read(file, object));
  }

  private static JsonNode parse(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw broken(file, "it has more than " + (MOST_BYTES >> 20) + " MiB");
      }
      return JSON.readTree(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UserError(
          "no run here: there is no " + file, "name the folder that a run was written to", e);
    } catch (IOException e) {
      throw Durable.unreadable(file, e);
    } catch (JacksonException e) {
      throw broken(file, e.getOriginalMessage());
    }
  }

  /// The settings, as their experiment reads them.
  <S> S settings(Function<Settings, S> reader) {
    try {
      return reader.apply(manifest.settings());
    } catch (Settings.Unreadable e) {
      throw new Fields(file, "", tree).failure(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new Fields(file, "", tree)
          .failure("the settings cannot be: " + e.getMessage() + ",", e);
    }
  }

  private static UserError broken(Path file, String why) {
    return new UserError(
        file + " is broken: " + why,
        "put a copy of the file back; the samples of the run are not touched by this");
  }

  /// Adds a session to the file; all else in it stays as it is.
  RunJson plus(Manifest.Session session) {
    ObjectNode longer = tree.deepCopy();
    ManifestJson.append(longer, session);
    RunJson noted = new RunJson(file, longer, manifest.plus(session));
    noted.save();
    return noted;
  }

  private void save() {
    byte[] text = (JSON.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Durable.replace(file, text);
    } catch (IOException e) {
      throw Durable.unwritable(file, e);
    }
  }
}
