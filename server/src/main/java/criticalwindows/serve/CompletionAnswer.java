package criticalwindows.serve;

import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampled;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.serve.CompletionRequest.Want;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes completions down as vLLM does. The stop token is shown where there is one alone that it
/// can be; its log-probability always is.
record CompletionAnswer(Vocabulary vocabulary, CompletionRequest request, Tokens prompt) {
  /// @param promptLogProbs one, or none if they are not wanted
  ObjectNode write(ObjectNode root, List<Completion> completions, List<LogProbs> promptLogProbs) {
    ArrayNode choices = root.putArray("choices");
    int written = 0;
    for (int i = 0; i < completions.size(); i++) {
      Sampled sampled = completions.get(i).last();
      ObjectNode choice = choices.addObject().put("index", i);
      write(choice, sampled);
      promptLogProbs.forEach(values -> writePrompt(choice, values));
      written += sampled.logProbs().size();
    }
    root.putObject("usage")
        .put("prompt_tokens", prompt.size())
        .put("completion_tokens", written)
        .put("total_tokens", prompt.size() + written);
    return root;
  }

  private void write(ObjectNode choice, Sampled sampled) {
    boolean stopped = sampled.finish() == FinishReason.STOP;
    OptionalInt stop = stopped ? stop() : OptionalInt.empty();
    Tokens shown =
        stop.isPresent() ? sampled.tokens().plus(Tokens.of(stop.getAsInt())) : sampled.tokens();
    choice.put("text", vocabulary.decode(sampled.tokens()));
    choice.put("finish_reason", stopped ? "stop" : "length");
    stop.ifPresentOrElse(id -> choice.put("stop_reason", id), () -> choice.putNull("stop_reason"));
    if (request.wants(Want.IDS)) {
      shown.stream().forEach(choice.putArray("token_ids")::add);
      prompt.stream().forEach(choice.putArray("prompt_token_ids")::add);
    }
    if (request.wants(Want.LOG_PROBS)) {
      writeLogProbs(choice.putObject("logprobs"), shown, sampled.logProbs());
    } else {
      choice.putNull("logprobs");
    }
  }

  private OptionalInt stop() {
    Set<Integer> stops =
        request.step().stops().isEmpty() ? vocabulary.stops() : request.step().stops();
    return stops.size() == 1 ? OptionalInt.of(stops.iterator().next()) : OptionalInt.empty();
  }

  private void writeLogProbs(ObjectNode node, Tokens shown, LogProbs values) {
    ArrayNode tokens = node.putArray("tokens");
    ArrayNode each = node.putArray("token_logprobs");
    ArrayNode top = node.putArray("top_logprobs");
    for (int i = 0; i < values.size(); i++) {
      // Of several tokens that may have stopped it, none is shown.
      String token = i < shown.size() ? show(shown.at(i)) : "";
      tokens.add(token);
      each.add(finite(values.at(i)));
      top.addObject().put(token, finite(values.at(i)));
    }
  }

  /// JSON has no word for what can never be; vLLM's number stands for it.
  private static float finite(float logProb) {
    return Math.max(logProb, -9999);
  }

  private String show(int id) {
    return request.wants(Want.NAMED_IDS) ? "token_id:" + id : vocabulary.show(id);
  }

  private void writePrompt(ObjectNode choice, LogProbs values) {
    ArrayNode all = choice.putArray("prompt_logprobs");
    all.addNull();
    for (int i = 0; i < values.size(); i++) {
      int id = prompt.at(i + 1);
      all.addObject()
          .putObject(String.valueOf(id))
          .put("logprob", finite(values.at(i)))
          .putNull("rank")
          .put("decoded_token", vocabulary.show(id));
    }
  }
}
