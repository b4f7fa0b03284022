package criticalwindows.remote;

import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampled;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Reads what a server answers to a [CompletionCall], and believes none of it: every count must
/// fit, every id be in the vocabulary, every log-probability be one.
final class CompletionReply {
  private static final String NAMED = "token_id:";

  /// How far above 0 rounding may take a log-probability.
  private static final double ROUNDING = 1e-3;

  /// vLLM's number for what can never be; llama-server's lies far below.
  private static final float NEVER = -9999;

  private CompletionReply() {}

  /// Where ids came from.
  enum Ids {
    /// `token_ids` of the choice.
    LISTED,
    /// `logprobs.tokens` as `token_id:…`, or `logprobs.content` with an `id` each.
    IN_LOG_PROBS,
    /// Nowhere: the texts in `logprobs.tokens` were looked up.
    BY_TEXT
  }

  /// One choice as it stands.
  ///
  /// @param ids the stop token included, if the server shows it
  /// @param holes places in `logProbs` of which the server says nothing, filled later
  record Choice(Tokens ids, Ids source, LogProbs logProbs, String finish, List<Integer> holes) {
    Choice(Tokens ids, Ids source, LogProbs logProbs, String finish) {
      this(ids, source, logProbs, finish, List.of());
    }
  }

  /// What one answer came to.
  ///
  /// @param sampled with 0 in place of what is missing
  /// @param holes these places
  record Whole(Sampled sampled, List<Integer> holes) {}

  /// What a single choice says was sampled.
  static Whole whole(JsonNode reply, Asked asked, Texts texts) throws CallFailure {
    Choice choice = choices(reply, 1, texts).getFirst();
    int written = reply.path("usage").path("completion_tokens").asInt(0);
    if (written > choice.logProbs().size()) {
      boolean hidden = !choice.ids().isEmpty() && choice.ids().size() == choice.logProbs().size();
      throw new CallFailure(
          // Whole tokens are left out: the same seed would write the same again.
          hidden ? CallFailure.Kind.REFUSED : CallFailure.Kind.BROKEN,
          "it wrote " + written + " tokens and shows " + choice.logProbs().size());
    }
    return new Whole(sampled(choice, asked), List.of());
  }

  /// What was asked for.
  record Asked(Step.Sample step, Set<Integer> stops) {}

  /// The choices, in the order of their indices.
  ///
  /// @param expected how many there must be
  static List<Choice> choices(JsonNode reply, int expected, Texts texts) throws CallFailure {
    JsonNode array = reply.path("choices");
    if (!array.isArray() || array.size() != expected) {
      throw CallFailure.broken(array.size() + " choices where " + expected + " were asked for");
    }
    Choice[] choices = new Choice[expected];
    for (JsonNode node : array.values()) {
      int index = node.path("index").asInt(-1);
      if (index < 0 || index >= expected || choices[index] != null) {
        throw CallFailure.broken("a choice has the index " + node.path("index"));
      }
      choices[index] = choice(node, texts);
    }
    return List.of(choices);
  }

  private static Choice choice(JsonNode node, Texts texts) throws CallFailure {
    JsonNode logProbs = node.path("logprobs");
    String finish = node.path("finish_reason").asString("");
    if (logProbs.path("content").isArray()) {
      List<JsonNode> content = List.copyOf(logProbs.path("content").values());
      int[] ids = new int[content.size()];
      float[] values = new float[content.size()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = id(content.get(i).path("id"), texts.size());
        values[i] = logProb(content.get(i).path("logprob"));
      }
      return new Choice(Tokens.of(ids), Ids.IN_LOG_PROBS, LogProbs.of(values), finish);
    }
    JsonNode values = logProbs.path("token_logprobs");
    float[] read = new float[values.size()];
    for (int i = 0; i < read.length; i++) {
      read[i] = logProb(values.path(i));
    }
    return withIds(node, logProbs.path("tokens"), LogProbs.of(read), texts);
  }

  private static Choice withIds(JsonNode node, JsonNode tokens, LogProbs logProbs, Texts texts)
      throws CallFailure {
    String finish = node.path("finish_reason").asString("");
    JsonNode listed = node.path("token_ids");
    if (listed.isArray()) {
      Function<JsonNode, Integer> whole = n -> n.isIntegralNumber() ? n.asInt(-1) : -1;
      return new Choice(ids(listed, whole, texts), Ids.LISTED, logProbs, finish);
    }
    boolean named = tokens.path(0).asString("").startsWith(NAMED);
    Function<JsonNode, Integer> reader =
        named ? CompletionReply::namedId : n -> texts.id(n.asString("")).orElse(-1);
    Ids source = named ? Ids.IN_LOG_PROBS : Ids.BY_TEXT;
    return new Choice(ids(tokens, reader, texts), source, logProbs, finish);
  }

  private static int namedId(JsonNode node) {
    String text = node.asString("");
    try {
      return text.startsWith(NAMED) ? Integer.parseInt(text.substring(NAMED.length())) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static Tokens ids(JsonNode array, Function<JsonNode, Integer> reader, Texts texts)
      throws CallFailure {
    int[] ids = new int[array.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = reader.apply(array.path(i));
      if (ids[i] < 0 || ids[i] >= texts.size()) {
        throw CallFailure.broken("no token of the vocabulary: " + array.path(i));
      }
    }
    return Tokens.of(ids);
  }

  /// A token's id.
  static int id(JsonNode node, int size) throws CallFailure {
    int id = node.isIntegralNumber() ? node.asInt(-1) : -1;
    if (id < 0 || id >= size) {
      throw CallFailure.broken("no token of the vocabulary: " + node);
    }
    return id;
  }

  /// The log-probability of a token that was drawn, so one of more than none.
  static float logProb(JsonNode node) throws CallFailure {
    float value = anyLogProb(node);
    if (value <= NEVER) {
      throw CallFailure.broken("it drew what can never be: " + node);
    }
    return value;
  }

  private static float anyLogProb(JsonNode node) throws CallFailure {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!(value <= ROUNDING) || Double.isInfinite(value)) {
      throw CallFailure.broken("no log-probability: " + node);
    }
    return (float) Math.min(value, 0);
  }

  /// What a choice says was sampled, if it fits what was asked for.
  static Sampled sampled(Choice choice, Asked asked) throws CallFailure {
    Step.Sample step = asked.step;
    Tokens ids = choice.ids();
    return switch (choice.finish()) {
      case "stop" -> stopped(choice, step, asked.stops);
      case "length" -> {
        if (ids.size() != step.maxTokens() || choice.logProbs().size() != ids.size()) {
          throw counts(choice, "at the limit of " + step.maxTokens());
        }
        requireNoStop(ids, asked.stops);
        yield new Sampled(ids, choice.logProbs(), FinishReason.LENGTH);
      }
      default -> throw CallFailure.broken("it finished for the reason \"" + choice.finish() + "\"");
    };
  }

  /// The stop token is shown as vLLM does, or has a log-probability at least.
  private static Sampled stopped(Choice choice, Step.Sample step, Set<Integer> stops)
      throws CallFailure {
    Tokens ids = choice.ids();
    boolean shown = !ids.isEmpty() && stops.contains(ids.at(ids.size() - 1));
    Tokens text = shown ? ids.prefix(ids.size() - 1) : ids;
    if (choice.logProbs().size() != text.size() + 1 || text.size() >= step.maxTokens()) {
      throw counts(choice, "and a stop token");
    }
    requireNoStop(text, stops);
    return new Sampled(text, choice.logProbs(), FinishReason.STOP);
  }

  private static CallFailure counts(Choice choice, String where) {
    return CallFailure.broken(
        choice.ids().size()
            + " ids and "
            + choice.logProbs().size()
            + " log-probabilities "
            + where);
  }

  private static void requireNoStop(Tokens text, Set<Integer> stops) throws CallFailure {
    for (int stop : stops) {
      if (text.indexOf(stop) >= 0) {
        throw CallFailure.broken("it went on after a stop token");
      }
    }
  }

  /// The number of tokens that the server read, if it says so.
  static Optional<Integer> promptTokens(JsonNode reply) {
    JsonNode own = reply.path("tokens_evaluated");
    JsonNode read = own.isMissingNode() ? reply.path("usage").path("prompt_tokens") : own;
    return read.canConvertToInt() ? Optional.of(read.intValue()) : Optional.empty();
  }

  /// The log-probability of every prompt token after the first.
  static LogProbs prompt(JsonNode reply, Tokens prompt, Dialect.Scoring scoring)
      throws CallFailure {
    JsonNode choice = reply.path("choices").path(0);
    JsonNode values =
        scoring == Dialect.Scoring.ECHO
            ? choice.path("logprobs").path("token_logprobs")
            : choice.path("prompt_logprobs");
    int extra = scoring == Dialect.Scoring.ECHO ? 1 : 0;
    if (values.size() <= 1) {
      throw new CallFailure(CallFailure.Kind.REFUSED, "it gives none");
    }
    if (values.size() < prompt.size() || values.size() > prompt.size() + extra) {
      throw CallFailure.broken(
          values.size() + " log-probabilities of " + prompt.size() + " tokens");
    }
    float[] read = new float[prompt.size() - 1];
    for (int i = 1; i < prompt.size(); i++) {
      JsonNode at = values.path(i);
      JsonNode value = at.isObject() ? at.path(String.valueOf(prompt.at(i))).path("logprob") : at;
      read[i - 1] = anyLogProb(value);
    }
    return LogProbs.of(read);
  }

  /// Tokens by their text, for servers that show nothing else.
  ///
  /// @param size of the vocabulary
  /// @param byText ids of the texts that one token alone has
  record Texts(int size, Map<String, Integer> byText) {
    Texts {
      byText = Map.copyOf(byText);
    }

    /// The tokens of a vocabulary.
    static Texts of(Vocabulary vocabulary) {
      int size = vocabulary.size();
      Map<String, Integer> byText = new java.util.HashMap<>();
      boolean[] twice = new boolean[size];
      for (int id = 0; id < size; id++) {
        Integer other = byText.putIfAbsent(vocabulary.show(id), id);
        if (other != null) {
          twice[other] = true;
        }
      }
      byText.values().removeIf(id -> twice[id]);
      return new Texts(size, byText);
    }

    Optional<Integer> id(String text) {
      return Optional.ofNullable(byText.get(text));
    }
  }
}
