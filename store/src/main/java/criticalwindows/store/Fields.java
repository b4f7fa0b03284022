package criticalwindows.store;

import criticalwindows.error.UserError;
import criticalwindows.rollout.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// The fields of a JSON object, each of which must be there and of its kind.
///
/// @param file it was read from, for messages
/// @param name of the object with a dot behind it, empty for the outermost
record Fields(Path file, String name, JsonNode node) {
  private static final String HINT =
      "put back what the program wrote there; the samples of the run are not touched by this";

  String text(String field) {
    JsonNode value = field(field);
    if (!value.isString()) {
      throw wrong(field, value, "a text");
    }
    return value.stringValue();
  }

  int integer(String field) {
    JsonNode value = field(field);
    if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
      throw wrong(field, value, "a whole number below 2^31");
    }
    return value.intValue();
  }

  /// A whole number from 0 on.
  int count(String field) {
    int value = integer(field);
    if (value < 0) {
      throw wrong(field, field(field), "a number of things");
    }
    return value;
  }

  /// A finite number.
  double real(String field) {
    JsonNode value = field(field);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(field, value, "a number");
    }
    return value.doubleValue();
  }

  /// A text, a number or a list of texts.
  Settings.Value setting(String field) {
    JsonNode value = field(field);
    if (value.isString()) {
      return new Settings.Value.Text(value.stringValue());
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return new Settings.Value.Whole(value.longValue());
    }
    if (value.isNumber()) {
      return new Settings.Value.Real(value.doubleValue());
    }
    if (value.isArray() && value.valueStream().allMatch(JsonNode::isString)) {
      return new Settings.Value.Texts(value.valueStream().map(JsonNode::stringValue).toList());
    }
    throw wrong(field, value, "a text, a number or a list of texts");
  }

  Fields object(String field) {
    JsonNode value = field(field);
    if (!value.isObject()) {
      throw wrong(field, value, "an object");
    }
    return new Fields(file, name + field + ".", value);
  }

  List<Fields> objects(String field) {
    JsonNode value = field(field);
    if (!value.isArray()) {
      throw wrong(field, value, "a list");
    }
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      String element = name + field + "[" + i + "].";
      objects.add(new Fields(file, element, value.get(i)));
    }
    return objects;
  }

  /// An object of texts.
  Map<String, String> texts(String field) {
    Fields object = object(field);
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : object.node.propertyNames()) {
      texts.put(key, object.text(key));
    }
    return texts;
  }

  /// What is wrong with a field, in the user's words.
  UserError failure(String error) {
    return new UserError(error + " in " + file, HINT);
  }

  /// As [#failure(String)], after something else.
  UserError failure(String error, Throwable cause) {
    return new UserError(error + " in " + file, HINT, cause);
  }

  private JsonNode field(String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      throw failure("there is no field " + name + field);
    }
    return value;
  }

  private UserError wrong(String field, JsonNode value, String kind) {
    return failure("the field " + name + field + " is " + value + ", not " + kind + ",");
  }
}
