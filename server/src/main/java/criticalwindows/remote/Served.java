package criticalwindows.remote;

import criticalwindows.error.UserError;
import criticalwindows.model.Model.Recommended;
import criticalwindows.model.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a server says of the model that it serves.
///
/// @param name by which requests name it
/// @param owner what the server calls itself, such as `vllm`
/// @param context the most tokens of a text, where it says so
/// @param recommended sampling, where it says so
/// @param facts of the engine behind it, where it says so
record Served(
    String name,
    String owner,
    OptionalInt context,
    Optional<Recommended> recommended,
    Map<String, String> facts) {
  private static final int MOST_FACTS = 100;

  /// In letters.
  private static final int LONGEST = 1000;

  private static final String SIZE = "n_vocab";
  private static final List<String> MEASURES =
      List.of(SIZE, "n_params", "size", "n_embd", "n_ctx_train");

  /// Facts in which servers of one model are equal.
  private static final List<String> IDENTITY =
      Stream.concat(Stream.of("model sha256"), MEASURES.stream()).toList();

  Served {
    facts = Map.copyOf(facts);
  }

  /// Asks a server.
  ///
  /// @param wanted the model's name; empty: the only one there is
  static Served of(Connection server, Optional<String> wanted) throws InterruptedException {
    try {
      JsonNode data = server.get("/v1/models").path("data");
      JsonNode card = choose(server, data, wanted);
      if (card.path("id").asString("").length() > LONGEST) {
        throw new UserError(
            server.address() + " gives its model a name of more than " + LONGEST + " letters",
            "serve it under a short name, such as vLLM's --served-model-name");
      }
      return new Served(
          card.path("id").asString(""),
          shortened(card.path("owned_by").asString("an unnamed server")),
          context(server, card),
          recommended(card.path("sampling")),
          facts(card));
    } catch (CallFailure e) {
      throw new UserError(
          e.reason(),
          e.kind() == CallFailure.Kind.FORBIDDEN
              ? e.hint()
              : "is it running, and does it speak OpenAI's API? try: cw servers check "
                  + server.address(),
          e);
    }
  }

  private static JsonNode choose(Connection server, JsonNode data, Optional<String> wanted) {
    List<String> names = new ArrayList<>();
    for (JsonNode card : data.values()) {
      String name = card.path("id").asString("");
      if (wanted.map(name::equals).orElse(data.size() == 1)) {
        return card;
      }
      names.add(name);
    }
    if (wanted.isPresent()) {
      throw UserError.unknown("model at " + server.address(), wanted.get(), names);
    }
    throw new UserError(
        server.address() + " serves " + names.size() + " models", "name one with --served-model");
  }

  /// vLLM, SGLang and `cw servers serve` say `max_model_len`; llama-server says it of a slot in
  /// `/props`.
  private static OptionalInt context(Connection server, JsonNode card) throws InterruptedException {
    JsonNode length = card.path("max_model_len");
    if (length.canConvertToInt()) {
      return OptionalInt.of(length.intValue());
    }
    try {
      JsonNode slot = server.get("/props").path("default_generation_settings").path("n_ctx");
      return slot.canConvertToInt() ? OptionalInt.of(slot.intValue()) : OptionalInt.empty();
    } catch (CallFailure e) {
      return OptionalInt.empty();
    }
  }

  private static Optional<Recommended> recommended(JsonNode sampling) {
    double temperature = sampling.path("temperature").asDouble(-1);
    double topP = sampling.path("top_p").asDouble(-1);
    return temperature >= 0 && temperature <= 100 && topP > 0 && topP <= 1
        ? Optional.of(
            new Recommended(
                new Sampling(temperature, topP), sampling.path("source").asString("the server")))
        : Optional.empty();
  }

  private static Map<String, String> facts(JsonNode card) {
    Map<String, String> facts = new TreeMap<>();
    card.path("provenance")
        .propertyStream()
        .limit(MOST_FACTS)
        .forEach(f -> facts.put(shortened(f.getKey()), shortened(f.getValue().asString(""))));
    // llama-server has no hash; these tell most models apart.
    for (String name : MEASURES) {
      JsonNode measure = card.path("meta").path(name);
      if (measure.isNumber()) {
        facts.put(name, measure.toString());
      }
    }
    return facts;
  }

  /// They end in the record of a run, which is to stay readable.
  private static String shortened(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }

  /// The number of ids, where the server says it.
  OptionalInt vocabularySize() {
    String size = facts.getOrDefault(SIZE, "");
    return size.matches("[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(size))
        : OptionalInt.empty();
  }

  /// Whether two servers may have one model.
  boolean alike(Served other) {
    return name.equals(other.name)
        && IDENTITY.stream()
            .allMatch(
                fact -> facts.getOrDefault(fact, "").equals(other.facts.getOrDefault(fact, "")));
  }
}
