package criticalwindows.serve;

import criticalwindows.model.Sampling;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// A request for completions as it came in. What would change the numbers and is not done here is
/// refused by its name, and so is every field that is not known; nothing is ignored.
///
/// @param prompts each ids, or a text
/// @param step what to sample
/// @param stops texts that end an answer, which is cut before the first of them
/// @param n how many texts for each prompt
/// @param seed of the first; the following ones have those after it
/// @param wants what the answer is to show
record CompletionRequest(
    List<Prompt> prompts,
    Step.Sample step,
    List<String> stops,
    int n,
    OptionalLong seed,
    Set<Want> wants) {
  private static final int MOST_STOPS = 16;
  private static final int MOST_CHOICES = 1024;

  /// Stands for no id at all: no token has it, so nothing stops there.
  private static final int NEVER = -1;

  /// A prompt.
  sealed interface Prompt {
    record Ids(Tokens ids) implements Prompt {}

    record Words(String text) implements Prompt {}
  }

  /// What an answer can show beside the text.
  enum Want {
    LOG_PROBS,
    PROMPT_LOG_PROBS,
    IDS,
    NAMED_IDS,
    /// Control tokens in the text by their names.
    CONTROLS,
    /// Not shown: put a begin-of-text token before texts.
    BEGUN,
    /// Not shown: keep the model's state, because more of this text will come.
    KEEP,
    /// The text token by token, as events.
    STREAM
  }

  /// What events do not show.
  private static final Set<Want> NOT_STREAMED =
      Set.of(Want.LOG_PROBS, Want.PROMPT_LOG_PROBS, Want.IDS, Want.NAMED_IDS);

  /// Fields that are read.
  private static final Set<String> READ =
      Set.of(
          "model",
          "prompt",
          "max_tokens",
          "temperature",
          "top_p",
          "n",
          "seed",
          "logprobs",
          "prompt_logprobs",
          "stop",
          "stop_token_ids",
          "ignore_eos",
          "return_token_ids",
          "return_tokens_as_token_ids",
          "cache_prompt",
          "add_special_tokens",
          "skip_special_tokens",
          "stream");

  /// Fields that say nothing of the text.
  private static final Set<String> HARMLESS = Set.of("user", "metadata", "store", "request_id");

  /// Fields that must have one of these values, if they are there: what they do otherwise is not
  /// done here.
  private static final Map<String, Set<Double>> ONLY =
      Map.ofEntries(
          Map.entry("top_k", Set.of(-1.0, 0.0)),
          Map.entry("min_p", Set.of(0.0)),
          Map.entry("repetition_penalty", Set.of(1.0)),
          Map.entry("repeat_penalty", Set.of(1.0)),
          Map.entry("presence_penalty", Set.of(0.0)),
          Map.entry("frequency_penalty", Set.of(0.0)),
          Map.entry("length_penalty", Set.of(1.0)),
          Map.entry("min_tokens", Set.of(0.0)),
          Map.entry("best_of", Set.of(1.0)),
          Map.entry("typical_p", Set.of(1.0)),
          Map.entry("dynatemp_range", Set.of(0.0)),
          Map.entry("mirostat", Set.of(0.0)),
          Map.entry("xtc_probability", Set.of(0.0)),
          Map.entry("dry_multiplier", Set.of(0.0)));

  /// The one order that there is.
  private static final String ORDER = "[\"temperature\",\"top_p\"]";

  static CompletionRequest read(JsonNode body) {
    refuseTheRest(body);
    int n = whole(body, "n", 1, 1, MOST_CHOICES);
    CompletionRequest request =
        new CompletionRequest(
            prompts(body.path("prompt"), n),
            step(body),
            stopTexts(body.path("stop")),
            n,
            seed(body.path("seed")),
            wants(body));
    boolean alone = n == 1 && request.prompts.size() == 1;
    if (request.wants(Want.STREAM)
        && !(alone && Collections.disjoint(request.wants, NOT_STREAMED))) {
      throw Refusal.bad(
          "stream is of one text alone, without log-probabilities and without token ids");
    }
    return request;
  }

  /// One prompt, or a list of them.
  private static List<Prompt> prompts(JsonNode node, int n) {
    JsonNode first = node.path(0);
    boolean several = node.isArray() && (first.isArray() || first.isString());
    List<Prompt> prompts = new ArrayList<>();
    if (several) {
      node.values().forEach(one -> prompts.add(prompt(one)));
    } else {
      prompts.add(prompt(node));
    }
    if ((long) prompts.size() * n > MOST_CHOICES) {
      throw Refusal.bad("at most " + MOST_CHOICES + " texts in a request");
    }
    return prompts;
  }

  private static Prompt prompt(JsonNode node) {
    if (node.isString()) {
      return new Prompt.Words(node.stringValue());
    }
    if (!node.isArray() || node.isEmpty()) {
      throw Refusal.bad("prompt is a text, a list of token ids, or a list of such");
    }
    return new Prompt.Ids(ids(node, "prompt"));
  }

  private static List<String> stopTexts(JsonNode stop) {
    if (absent(stop)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : stop.isArray() ? List.copyOf(stop.values()) : List.of(stop)) {
      if (!one.isString() || one.stringValue().isEmpty()) {
        throw Refusal.bad("stop is a text or a list of texts, none of them empty");
      }
      texts.add(one.stringValue());
    }
    if (texts.size() > MOST_STOPS) {
      throw Refusal.bad("stop has at most " + MOST_STOPS + " texts");
    }
    return texts;
  }

  private static void refuseTheRest(JsonNode body) {
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      String field = entry.getKey();
      JsonNode value = entry.getValue();
      if (READ.contains(field) || HARMLESS.contains(field) || nothing(value)) {
        continue;
      }
      Set<Double> only = ONLY.getOrDefault(field, Set.of());
      boolean usual = value.isNumber() && only.contains(value.doubleValue());
      boolean order = field.equals("samplers") && value.toString().equals(ORDER);
      if (!usual && !order) {
        throw Refusal.bad(field + " is not done here: leave it out");
      }
    }
  }

  private static boolean nothing(JsonNode value) {
    return absent(value)
        || (value.isBoolean() && !value.booleanValue())
        || (value.isString() && value.stringValue().isEmpty())
        || (value.isContainer() && value.isEmpty());
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
    Set<Want> wants = new TreeSet<>(Set.of(Want.BEGUN));
    if (!absent(body.path("logprobs"))) {
      one(body, "logprobs");
      wants.add(Want.LOG_PROBS);
    }
    if (!absent(body.path("prompt_logprobs"))) {
      one(body, "prompt_logprobs");
      wants.add(Want.PROMPT_LOG_PROBS);
    }
    flag(body, "return_token_ids", Want.IDS, wants);
    flag(body, "return_tokens_as_token_ids", Want.NAMED_IDS, wants);
    flag(body, "cache_prompt", Want.KEEP, wants);
    flag(body, "stream", Want.STREAM, wants);
    if (!body.path("add_special_tokens").asBoolean(true)) {
      wants.remove(Want.BEGUN);
    }
    if (!body.path("skip_special_tokens").asBoolean(true)) {
      wants.add(Want.CONTROLS);
    }
    return Set.copyOf(wants);
  }

  /// Of a token its own log-probability is known, and of no others.
  private static void one(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (value.isIntegralNumber() && value.asInt(0) > 1) {
      throw Refusal.bad(field + " is 0 or 1: other tokens' log-probabilities are not given here");
    }
    whole(body, field, 0, 0, 1);
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
