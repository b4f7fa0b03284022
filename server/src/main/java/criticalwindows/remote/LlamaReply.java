package criticalwindows.remote;

import criticalwindows.model.LogProbs;
import criticalwindows.model.Tokens;
import criticalwindows.remote.CompletionReply.Asked;
import criticalwindows.remote.CompletionReply.Choice;
import criticalwindows.remote.CompletionReply.Ids;
import criticalwindows.remote.CompletionReply.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Reads what llama-server answers at its own page, `/completion`, to a [CompletionCall].
///
/// `tokens` has every token. `completion_probabilities` leaves out those after which the text ends
/// inside a character; these places are holes, to be filled by further calls.
///
/// *Source:* `process_token` and `to_json_non_oaicompat` of llama.cpp v0.5.0's server.
final class LlamaReply {
  private LlamaReply() {}

  /// What the one text says was sampled.
  ///
  /// @param size of the vocabulary
  static Whole whole(JsonNode reply, Asked asked, int size) throws CallFailure {
    Choice choice = choice(reply, size);
    Set<Integer> stops = asked.stops();
    if (choice.finish().equals("stop") && !choice.ids().isEmpty()) {
      // Which tokens end a text it knows best; the last one did.
      stops = new TreeSet<>(stops);
      stops.add(choice.ids().at(choice.ids().size() - 1));
    }
    Asked all = new Asked(asked.step(), stops);
    return new Whole(CompletionReply.sampled(choice, all), choice.holes());
  }

  /// The one text as it stands.
  ///
  /// @param size of the vocabulary
  static Choice choice(JsonNode reply, int size) throws CallFailure {
    JsonNode tokens = reply.path("tokens");
    if (!tokens.isArray()) {
      throw CallFailure.broken("the answer has no tokens");
    }
    int[] ids = new int[tokens.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = CompletionReply.id(tokens.path(i), size);
    }
    JsonNode written = reply.path("tokens_predicted");
    if (written.isNumber() && written.asInt(-1) != ids.length) {
      throw CallFailure.broken("it wrote " + written + " tokens and shows " + ids.length);
    }
    List<JsonNode> shown = List.copyOf(reply.path("completion_probabilities").values());
    int[] places = places(ids, shown, size);
    float[] values = new float[ids.length];
    boolean[] known = new boolean[ids.length];
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        values[places[i]] = CompletionReply.logProb(shown.get(i).path("logprob"));
        known[places[i]] = true;
      }
    }
    List<Integer> holes = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      if (!known[i]) {
        holes.add(i);
      }
    }
    return new Choice(
        Tokens.of(ids), Ids.LISTED, LogProbs.of(values), finish(reply), List.copyOf(holes));
  }

  private static String finish(JsonNode reply) {
    String type = reply.path("stop_type").asString("");
    return switch (type) {
      case "eos" -> "stop";
      case "limit" -> reply.path("truncated").asBoolean(false) ? "a full context" : "length";
      default -> type;
    };
  }

  /// Where the shown ones stand among all: each at the first place that it can have and at the
  /// last, counted from either end; -1 where these differ, so that nothing is guessed.
  private static int[] places(int[] ids, List<JsonNode> shown, int size) throws CallFailure {
    int[] first = new int[shown.size()];
    int[] last = new int[shown.size()];
    int at = 0;
    for (int i = 0; i < first.length; i++, at++) {
      int id = CompletionReply.id(shown.get(i).path("id"), size);
      while (at < ids.length && ids[at] != id) {
        at++;
      }
      if (at == ids.length) {
        throw CallFailure.broken("it shows log-probabilities of tokens that it did not write");
      }
      first[i] = at;
    }
    at = ids.length - 1;
    for (int i = last.length - 1; i >= 0; i--, at--) {
      while (ids[at] != shown.get(i).path("id").asInt(-1)) {
        at--;
      }
      last[i] = at;
    }
    for (int i = 0; i < first.length; i++) {
      first[i] = first[i] == last[i] ? first[i] : -1;
    }
    return first;
  }

  /// The log-probability of a token at the one place of a text, if it is among the likeliest that
  /// are shown there.
  static Optional<Float> likely(JsonNode reply, int id) throws CallFailure {
    JsonNode top = reply.path("completion_probabilities").path(0).path("top_logprobs");
    if (top.isEmpty()) {
      throw CallFailure.broken("it shows no likeliest tokens");
    }
    for (JsonNode one : top.values()) {
      if (one.path("id").asInt(-1) == id) {
        return Optional.of(CompletionReply.logProb(one.path("logprob")));
      }
    }
    return Optional.empty();
  }

  /// A place's likeliest log-probabilities, in falling order.
  ///
  /// @param place among all tokens
  static double[] top(JsonNode reply, Choice choice, int place) {
    int hidden = (int) choice.holes().stream().filter(hole -> hole < place).count();
    JsonNode at = reply.path("completion_probabilities").path(place - hidden);
    return at.path("top_logprobs").values().stream()
        .mapToDouble(one -> -one.path("logprob").asDouble(Double.NEGATIVE_INFINITY))
        .sorted()
        .map(value -> -value)
        .toArray();
  }

  /// For messages: which places of how many.
  static String holes(Choice choice) {
    return choice.holes().size() + " of " + choice.ids().size() + " log-probabilities are left out";
  }

  /// All places filled.
  ///
  /// @param filled by hole, in their order
  static LogProbs filled(LogProbs values, List<Integer> holes, float[] filled) {
    float[] all = Arrays.copyOf(values.toArray(), values.size());
    for (int i = 0; i < filled.length; i++) {
      all[holes.get(i)] = filled[i];
    }
    return LogProbs.of(all);
  }
}
