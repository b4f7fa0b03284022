package criticalwindows.reading;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads JSON values one after another: objects that follow each other, mostly one a line, or the
/// elements of one array. What no layout looks at is passed over and never kept, such as events and
/// log-probabilities; what is kept of one value is bounded.
final class JsonValues implements AutoCloseable {
  /// What a file is, for whoever gave another.
  static final String HINT =
      "a line is {\"messages\": [{\"role\": \"user\", \"content\": \"…\"}], \"response\": \"…\"};"
          + " see cw run trace --help";

  /// How deep objects and arrays may lie in each other.
  static final int DEEPEST = 100;

  /// The most that is kept of one value, in letters.
  static final int MOST = 64 << 20;

  /// What a value costs beside its letters.
  private static final int NODE = 16;

  private static final Set<String> PASSED_OVER =
      Set.of(
          "events",
          "events_data",
          "timelines",
          "store",
          "error_retries",
          "logprobs",
          "prompt_logprobs",
          "routed_experts");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(MOST)
                          .build())
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .build();

  private final String file;
  private final JsonParser parser;
  private final JsonNodeFactory nodes = JsonNodeFactory.instance;

  /// The number of the next element of an array; none outside of one.
  private int element;

  private String place = "the beginning";
  private long left;
  private boolean begun;

  /// A value, and where it stands: `line 3`, `object 3`.
  record Value(String place, JsonNode node) {}

  /// @param file for people
  /// @param text which is closed with this
  JsonValues(String file, Reader text) {
    this.file = file;
    this.parser = guarded(() -> MAPPER.createParser(text));
  }

  /// The one value that a line is.
  ///
  /// @param place for people: `stdin, line 3`
  /// @throws UserError if it is no JSON, or more than is read
  static JsonNode line(String place, String text, String hint) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new UserError(
          place + " is no JSON: " + Reason.withoutPlaces(e.getOriginalMessage()), hint, e);
    }
  }

  /// The fields of the first object, or of the first one of an array, and what each begins with.
  /// They end early where all of `enough` are there, and where the text is no JSON.
  Map<String, JsonToken> fields(Set<String> enough) {
    Map<String, JsonToken> fields = new TreeMap<>();
    try {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY) {
        token = parser.nextToken();
      }
      while (token == JsonToken.START_OBJECT && !fields.keySet().containsAll(enough)) {
        if (parser.nextToken() != JsonToken.PROPERTY_NAME) {
          break;
        }
        String name = parser.currentName();
        fields.put(name, parser.nextToken());
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      // Whoever reads it whole says what is wrong.
      return fields;
    }
    return fields;
  }

  /// Goes to the array of that name in the object that this is: its elements are what comes next.
  ///
  /// @return whether there is one
  boolean enter(String name) {
    return guarded(
        () -> {
          begun = true;
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
          }
          while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean here = name.equals(parser.currentName());
            if (parser.nextToken() == JsonToken.START_ARRAY && here) {
              element = 1;
              return true;
            }
            parser.skipChildren();
          }
          return false;
        });
  }

  /// The next one.
  ///
  /// @throws UserError if there is no JSON, or more than is read
  Optional<Value> next() {
    return guarded(
        () -> {
          place = element > 0 ? "object " + element : "line " + line();
          JsonToken token = parser.nextToken();
          if (!begun && token == JsonToken.START_ARRAY) {
            element = 1;
            place = "object 1";
            token = parser.nextToken();
          }
          begun = true;
          if (token == null || (element > 0 && token == JsonToken.END_ARRAY)) {
            return Optional.<Value>empty();
          }
          if (element > 0) {
            element++;
          } else {
            place = "line " + parser.currentTokenLocation().getLineNr();
          }
          left = MOST;
          return Optional.of(new Value(place, tree(token)));
        });
  }

  private int line() {
    return parser.currentLocation().getLineNr();
  }

  private JsonNode tree(JsonToken token) {
    count(NODE);
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> nodes.stringNode(counted(parser.getString()));
      default -> parser.readValueAsTree();
    };
  }

  private ObjectNode object() {
    ObjectNode object = nodes.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = counted(parser.currentName());
      JsonToken value = parser.nextToken();
      if (PASSED_OVER.contains(name)) {
        parser.skipChildren();
      } else {
        object.set(name, tree(value));
      }
    }
    return object;
  }

  private ArrayNode array() {
    ArrayNode array = nodes.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(tree(token));
    }
    return array;
  }

  private String counted(String text) {
    count(text.length());
    return text;
  }

  private void count(int letters) {
    left -= letters;
    if (left < 0) {
      throw new UserError(
          file + ", " + place + " holds more than " + MOST / 1_000_000 + " million letters",
          "give the texts in smaller objects, without what is not read");
    }
  }

  private <T> T guarded(Work<T> work) {
    try {
      return work.done();
    } catch (StreamConstraintsException e) {
      throw new UserError(
          file + ", " + place + ": " + Reason.of(e),
          "no file of texts is like that; see what wrote it",
          e);
    } catch (JacksonIOException e) {
      IOException cause = e.getCause();
      throw io(file, cause == null ? new IOException(e.getMessage(), e) : cause);
    } catch (JacksonException e) {
      throw new UserError(
          file + ", " + place + " is no JSON: " + Reason.withoutPlaces(e.getOriginalMessage()),
          HINT,
          e);
    }
  }

  /// What it is for people that a file could not be read.
  static UserError io(String file, IOException e) {
    return e instanceof CharacterCodingException
        ? new UserError(file + " is not in UTF-8", "save it as UTF-8", e)
        : new UserError(
            file + " cannot be read: " + Reason.of(e),
            "name a file of JSON lines, or of another layout",
            e);
  }

  private interface Work<T> {
    T done();
  }

  @Override
  public void close() {
    guarded(
        () -> {
          parser.close();
          return true;
        });
  }
}
