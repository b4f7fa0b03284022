package criticalwindows.importing;

import criticalwindows.error.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// A JSON value of a file, whose parts are what a layout says or else a user's error.
///
/// @param place where it stands, for people
record Fields(String place, JsonNode node) {
  private static final String HINT = "see what the layout is made of: cw import --help";

  /// Whether there is a value of this name that is not null.
  boolean has(String name) {
    return node.hasNonNull(name);
  }

  /// An object of this name.
  Fields object(String name) {
    JsonNode found = node.path(name);
    if (!found.isObject()) {
      throw wrong(name, "an object");
    }
    return new Fields(place + ", " + name, found);
  }

  String text(String name) {
    JsonNode found = node.path(name);
    if (!found.isString()) {
      throw wrong(name, "a text");
    }
    return found.asString();
  }

  /// A text or a number, as it stands.
  Optional<String> word(String name) {
    JsonNode found = node.path(name);
    if (found.isContainer()) {
      throw wrong(name, "a text");
    }
    return Optional.of(found).filter(known -> node.hasNonNull(name)).map(JsonNode::asString);
  }

  boolean flag(String name) {
    JsonNode found = node.path(name);
    if (!found.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return found.asBoolean();
  }

  int whole(String name) {
    return whole(name, node.path(name));
  }

  double number(String name) {
    JsonNode found = node.path(name);
    if (!found.isNumber()) {
      throw wrong(name, "a number");
    }
    return found.asDouble();
  }

  List<String> texts(String name) {
    return list(
        name,
        each -> {
          if (!each.isString()) {
            throw wrong(name, "an array of texts");
          }
          return each.asString();
        });
  }

  List<Integer> wholes(String name) {
    return list(name, each -> whole(name, each));
  }

  /// Numbers, absent where there is null.
  List<Optional<Double>> numbers(String name) {
    return list(
        name,
        each -> {
          if (!each.isNumber() && !each.isNull()) {
            throw wrong(name, "an array of numbers");
          }
          return each.isNull() ? Optional.empty() : Optional.of(each.asDouble());
        });
  }

  /// The objects of an array.
  List<Fields> objects(String name) {
    if (!node.path(name).isArray()) {
      throw wrong(name, "an array");
    }
    return new Fields(place + ", " + name, node.get(name)).elements();
  }

  /// The objects of this array.
  List<Fields> elements() {
    if (!node.isArray()) {
      throw new UserError(place + " is no array", HINT);
    }
    List<Fields> all = new ArrayList<>();
    for (JsonNode each : node) {
      all.add(new Fields(place + ", number " + (all.size() + 1), each));
    }
    return all;
  }

  private <T> List<T> list(String name, Function<JsonNode, T> reader) {
    JsonNode found = node.path(name);
    if (!found.isArray()) {
      throw wrong(name, "an array");
    }
    List<T> all = new ArrayList<>();
    for (JsonNode each : found) {
      all.add(reader.apply(each));
    }
    return all;
  }

  private int whole(String name, JsonNode found) {
    if (!found.isIntegralNumber() || !found.canConvertToInt() || found.asInt() < 0) {
      throw wrong(name, "a whole number");
    }
    return found.asInt();
  }

  private UserError wrong(String name, String kind) {
    return new UserError(
        place + ": " + name + (node.has(name) ? " is not " + kind : " is missing"), HINT);
  }

  /// Something else that is wrong here.
  UserError wrong(String what) {
    return new UserError(place + ": " + what, HINT);
  }
}
