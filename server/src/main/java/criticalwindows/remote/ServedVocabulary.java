package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The vocabulary that a server says it has, at `/vocabulary` as `cw servers serve` does; it
/// encodes at `/tokenize`.
final class ServedVocabulary {
  private static final int REMEMBERED = 4096;
  private static final String HINT =
      "give --tokenizer: the model's GGUF file, or a folder with its tokenizer.json and"
          + " generation_config.json";

  private final Connection server;
  private final String model;
  private final Map<String, Tokens> known = new ConcurrentHashMap<>();

  private ServedVocabulary(Connection server, String model) {
    this.server = server;
    this.model = model;
  }

  static RemoteVocabulary of(Connection server, String model) throws InterruptedException {
    ServedVocabulary encoding = new ServedVocabulary(server, model);
    try {
      return new RemoteVocabulary(pieces(server.get("/vocabulary")), encoding::encode);
    } catch (CallFailure e) {
      throw new UserError(
          server.address() + " does not say its vocabulary: " + e.reason(), HINT, e);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          server.address() + " says a vocabulary that cannot be: " + e.getMessage(), HINT, e);
    }
  }

  private static Pieces pieces(JsonNode node) {
    List<byte[]> pieces = new ArrayList<>();
    for (JsonNode piece : node.path("pieces").values()) {
      pieces.add(Base64.getDecoder().decode(piece.asString("")));
    }
    Map<String, Integer> controls = new TreeMap<>();
    node.path("controls")
        .propertyStream()
        .forEach(c -> controls.put(c.getKey(), id(c.getValue(), pieces.size())));
    Set<Integer> stops = new TreeSet<>();
    node.path("stops").values().forEach(stop -> stops.add(id(stop, pieces.size())));
    JsonNode begin = node.path("begin");
    return new Pieces(
        pieces,
        controls,
        begin.isNumber() ? OptionalInt.of(id(begin, pieces.size())) : OptionalInt.empty(),
        stops);
  }

  private static int id(JsonNode node, int size) {
    int id = node.asInt(-1);
    if (id < 0 || id >= size) {
      throw new IllegalArgumentException("the id " + node + " of " + size);
    }
    return id;
  }

  private Tokens encode(String text) {
    Tokens tokens = known.get(text);
    if (tokens == null) {
      ObjectNode ask = JsonMapper.shared().createObjectNode();
      ask.put("model", model).put("prompt", text).put("add_special_tokens", false);
      tokens = tokens(server, ask);
      if (known.size() < REMEMBERED) {
        known.put(text, tokens);
      }
    }
    return tokens;
  }

  /// What `/tokenize` answers.
  static Tokens tokens(Connection server, ObjectNode ask) {
    try {
      JsonNode ids = server.post("/tokenize", JsonMapper.shared().writeValueAsBytes(ask));
      return Tokens.of(ids.path("tokens").values().stream().mapToInt(n -> n.asInt(-1)).toArray());
    } catch (CallFailure e) {
      throw new UserError(
          e.reason(), "is the server still there? cw servers check " + server.address(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while a text was encoded", e);
    }
  }
}
