package criticalwindows.gguf;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The fields of a JSON object, and where it stands, so that a complaint can say so.
record JsonFields(String where, JsonNode node) {
  /// The object that a file of the folder holds.
  static JsonFields of(Path folder, String name) {
    Path file = folder.resolve(name);
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new UserError(
          "there is no " + name + " in " + folder,
          "name a folder with model.safetensors, config.json, tokenizer.json and"
              + " generation_config.json",
          e);
    } catch (IOException e) {
      throw new UserError(
          file + " cannot be read: " + Reason.of(e), "copy or download the file again", e);
    }
  }

  static JsonFields parse(String where, String json) {
    try {
      JsonNode node = JsonMapper.shared().readTree(json);
      if (node.isObject()) {
        return new JsonFields(where, node);
      }
      throw new UserError(where + " holds no JSON object", "copy or download the file again");
    } catch (JacksonException e) {
      throw new UserError(
          where + " is no JSON: " + Reason.withoutPlaces(e.getOriginalMessage()),
          "copy or download the file again",
          e);
    }
  }

  Optional<JsonNode> field(String name) {
    JsonNode value = node.path(name);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  JsonFields inner(String name) {
    return field(name)
        .filter(JsonNode::isObject)
        .map(value -> new JsonFields(where + ", " + name, value))
        .orElseThrow(() -> missing(name, "an object"));
  }

  int whole(String name) {
    return field(name)
        .filter(JsonNode::canConvertToInt)
        .map(JsonNode::intValue)
        .orElseThrow(() -> missing(name, "a whole number"));
  }

  int whole(String name, int otherwise) {
    return field(name).isPresent() ? whole(name) : otherwise;
  }

  double real(String name) {
    return field(name)
        .filter(JsonNode::isNumber)
        .map(JsonNode::doubleValue)
        .orElseThrow(() -> missing(name, "a number"));
  }

  String text(String name) {
    return field(name)
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .orElseThrow(() -> missing(name, "a text"));
  }

  /// Whether the field is there and true.
  boolean set(String name) {
    return field(name).filter(JsonNode::isBoolean).map(JsonNode::booleanValue).orElse(false);
  }

  UserError missing(String name, String kind) {
    return new UserError(
        where + " has no field " + name + " with " + kind,
        "use the file as the model's makers wrote it, or add the field");
  }
}
