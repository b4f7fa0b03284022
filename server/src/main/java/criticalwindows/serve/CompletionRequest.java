package criticalwindows.serve;

import criticalwindows.model.Sampling;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// A request for completions as it came in. What would change the numbers and is not done here is
/// refused, never ignored.
///
/// @param prompt ids; an empty text if the request has one, see `text`
/// @param text the prompt as a text, or nothing
/// @param step what to sample
/// @param n how many texts
/// @param seed of the first; the following ones have those after it
/// @param wants what the answer is to show
record CompletionRequest(
    Tokens prompt, String text, Step.Sample step, int n, OptionalLong seed, Set<Want> wants) {
  private static final int MOST_CHOICES = 1024;

  /// Stands for no id at all: no token has it, so nothing stops there.
  private static final int NEVER = -1;

  /// What an answer can show beside the text.
  enum Want {
    LOG_PROBS,
    PROMPT_LOG_PROBS,
    IDS,
    NAMED_IDS,
    /// Not shown: keep the model's state, because more of this text will come.
    KEEP
  }

  /// Fields that must have one of these values, if they are there: what they do otherwise is not
  /// done here.
  private static final Map<String, Set<Double>> ONLY =
      Map.of(
          "top_k", Set.of(-1.0, 0.0),
          "min_p", Set.of(0.0),
          "repetition_penalty", Set.of(1.0),
          "presence_penalty", Set.of(0.0),
          "frequency_penalty", Set.of(0.0),
          "min_tokens", Set.of(0.0),
          "best_of", Set.of(1.0));

  private static final Set<String> NONE =
      Set.of(
          "stop",
          "suffix",
          "logit_bias",
          "echo",
          "stream",
          "use_beam_search",
          "allowed_token_ids",
          "bad_words",
          "response_format",
          "structured_outputs",
          "guided_json");

  static CompletionRequest read(JsonNode body) {
    refuseTheRest(body);
    JsonNode prompt = body.path("prompt");
    if (!prompt.isString() && (!prompt.isArray() || prompt.isEmpty())) {
      throw Refusal.bad("prompt is a text or a list of token ids, one prompt in a request");
    }
    int n = whole(body, "n", 1, 1, MOST_CHOICES);
    return new CompletionRequest(
        prompt.isArray() ? ids(prompt, "prompt") : Tokens.none(),
        prompt.asString(""),
        step(body),
        n,
        seed(body.path("seed")),
        wants(body));
  }

  private static void refuseTheRest(JsonNode body) {
    ONLY.forEach(
        (field, values) -> {
          JsonNode value = body.path(field);
          if (!absent(value) && !(value.isNumber() && values.contains(value.doubleValue()))) {
            throw Refusal.bad(field + " is not done here: leave it out");
          }
        });
    for (String field : NONE) {
      JsonNode value = body.path(field);
      boolean nothing =
          absent(value)
              || (value.isBoolean() && !value.booleanValue())
              || (value.isContainer() && value.isEmpty());
      if (!nothing) {
        throw Refusal.bad(field + " is not done here: leave it out");
      }
    }
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static Step.Sample step(JsonNode body) {
    Sampling sampling;
    try {
      sampling = new Sampling(number(body, "temperature", 1), number(body, "top_p", 1));
    } catch (IllegalArgumentException e) {
      throw Refusal.bad(String.valueOf(e.getMessage()));
    }
    int most = whole(body, "max_tokens", 16, 1, Integer.MAX_VALUE);
    return new Step.Sample(sampling, most, stops(body));
  }

  /// The model's own, those that are named beside them, or with `ignore_eos` those alone.
  private static Set<Integer> stops(JsonNode body) {
    JsonNode named = body.path("stop_token_ids");
    boolean alone = body.path("ignore_eos").asBoolean(false);
    Set<Integer> stops = new TreeSet<>();
    if (!absent(named)) {
      ids(named, "stop_token_ids").stream().forEach(stops::add);
    }
    if (!stops.isEmpty() && !alone) {
      throw Refusal.bad("stop_token_ids are all the stops there are: say ignore_eos too");
    }
    return stops.isEmpty() && alone ? Set.of(NEVER) : stops;
  }

  private static Set<Want> wants(JsonNode body) {
    Set<Want> wants = new TreeSet<>();
    if (!absent(body.path("logprobs"))) {
      whole(body, "logprobs", 0, 0, 20);
      wants.add(Want.LOG_PROBS);
    }
    if (!absent(body.path("prompt_logprobs"))) {
      whole(body, "prompt_logprobs", 0, 0, 20);
      wants.add(Want.PROMPT_LOG_PROBS);
    }
    flag(body, "return_token_ids", Want.IDS, wants);
    flag(body, "return_tokens_as_token_ids", Want.NAMED_IDS, wants);
    flag(body, "cache_prompt", Want.KEEP, wants);
    return Set.copyOf(wants);
  }

  private static void flag(JsonNode body, String field, Want want, Set<Want> wants) {
    if (body.path(field).asBoolean(false)) {
      wants.add(want);
    }
  }

  private static OptionalLong seed(JsonNode seed) {
    if (absent(seed)) {
      return OptionalLong.empty();
    }
    if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
      throw Refusal.bad("seed is a whole number below 2^63");
    }
    return OptionalLong.of(seed.longValue());
  }

  private static int whole(JsonNode body, String field, int usual, int least, int most) {
    JsonNode value = body.path(field);
    if (absent(value)) {
      return usual;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw Refusal.bad(field + " is a whole number from " + least + " to " + most);
    }
    return value.intValue();
  }

  private static double number(JsonNode body, String field, double usual) {
    JsonNode value = body.path(field);
    if (!absent(value) && !value.isNumber()) {
      throw Refusal.bad(field + " is a number");
    }
    return absent(value) ? usual : value.doubleValue();
  }

  /// A list of ids.
  static Tokens ids(JsonNode array, String field) {
    int[] ids = new int[array.size()];
    for (int i = 0; i < ids.length; i++) {
      JsonNode id = array.path(i);
      if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
        throw Refusal.bad(field + " is a list of token ids; one of them is " + id.getNodeType());
      }
      ids[i] = id.intValue();
    }
    if (!array.isArray()) {
      throw Refusal.bad(field + " is a list of token ids");
    }
    return Tokens.of(ids);
  }

  boolean wants(Want want) {
    return wants.contains(want);
  }
}
