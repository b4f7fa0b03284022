package criticalwindows.serve;

import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Sampled;
import criticalwindows.model.Tokens;
import criticalwindows.model.Vocabulary;
import criticalwindows.serve.CompletionRequest.Want;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes completions of one prompt down as vLLM does. The stop token is shown where there is one
/// alone that it can be; its log-probability always is.
record CompletionAnswer(Vocabulary vocabulary, CompletionRequest request, Tokens prompt) {
  /// @param promptLogProbs one, or none if they are not wanted
  /// @return tokens written
  int write(ArrayNode choices, List<Completion> completions, List<LogProbs> promptLogProbs) {
    int written = 0;
    for (Completion completion : completions) {
      Cut cut = Cut.of(vocabulary, completion.last(), request.stops());
      ObjectNode choice = choices.addObject().put("index", choices.size() - 1);
      write(choice, cut);
      promptLogProbs.forEach(values -> writePrompt(choice, values));
      written += cut.sampled.logProbs().size();
    }
    return written;
  }

  /// What was sampled up to the first of the texts that end it.
  ///
  /// @param sampled up to the token that completes that text
  /// @param stop the text it ends before; empty: none
  record Cut(Sampled sampled, String stop) {
    static Cut of(Vocabulary vocabulary, Sampled whole, List<String> stops) {
      String text = stops.isEmpty() ? "" : vocabulary.decode(whole.tokens());
      if (stops.stream().noneMatch(text::contains)) {
        return new Cut(whole, "");
      }
      // The fewest tokens with a stop text in them: a longer text has whatever a shorter one has.
      int low = 1;
      int high = whole.tokens().size();
      while (low < high) {
        int middle = (low + high) / 2;
        String part = vocabulary.decode(whole.tokens().prefix(middle));
        if (stops.stream().anyMatch(part::contains)) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      Tokens tokens = whole.tokens().prefix(low);
      String part = vocabulary.decode(tokens);
      String first =
          stops.stream()
              .filter(part::contains)
              .min(Comparator.comparingInt(part::indexOf))
              .orElseThrow();
      LogProbs values = LogProbs.of(Arrays.copyOf(whole.logProbs().toArray(), low));
      return new Cut(new Sampled(tokens, values, FinishReason.LENGTH), first);
    }
  }

  private void write(ObjectNode choice, Cut cut) {
    Sampled sampled = cut.sampled;
    boolean stopped = sampled.finish() == FinishReason.STOP;
    OptionalInt stop = stopped ? stop() : OptionalInt.empty();
    Tokens shown =
        stop.isPresent() ? sampled.tokens().plus(Tokens.of(stop.getAsInt())) : sampled.tokens();
    String text = words(sampled.tokens());
    choice.put("text", cut.stop.isEmpty() ? text : text.substring(0, text.indexOf(cut.stop)));
    choice.put("finish_reason", stopped || !cut.stop.isEmpty() ? "stop" : "length");
    if (!cut.stop.isEmpty()) {
      choice.put("stop_reason", cut.stop);
    } else {
      stop.ifPresentOrElse(
          id -> choice.put("stop_reason", id), () -> choice.putNull("stop_reason"));
    }
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

  /// The text of the only choice of an answer as events, one for each token; where one ends inside
  /// a character, it comes with the next.
  ///
  /// @param answer that was written
  List<ObjectNode> events(ObjectNode answer, Tokens sampled) {
    ObjectNode whole = (ObjectNode) answer.path("choices").path(0);
    String text = whole.path("text").asString("");
    List<ObjectNode> events = new ArrayList<>();
    int from = 0;
    int said = 0;
    for (int i = 1; i <= sampled.size(); i++) {
      String piece = words(sampled.slice(from, i));
      if (i == sampled.size() || !piece.endsWith("\uFFFD")) {
        from = i;
        // A text that ends it cuts the last ones.
        int end = Math.min(text.length(), said + piece.length());
        events.add(event(answer, text.substring(said, end)));
        said = end;
      }
    }
    ObjectNode last = event(answer, "");
    ((ObjectNode) last.path("choices").path(0))
        .set("finish_reason", whole.path("finish_reason"))
        .set("stop_reason", whole.path("stop_reason"));
    events.add(last);
    return events;
  }

  private static ObjectNode event(ObjectNode answer, String text) {
    ObjectNode event = answer.deepCopy();
    event.remove("usage");
    event
        .putArray("choices")
        .addObject()
        .put("index", 0)
        .put("text", text)
        .putNull("logprobs")
        .putNull("finish_reason");
    return event;
  }

  private String words(Tokens tokens) {
    return request.wants(Want.CONTROLS) ? vocabulary.named(tokens) : vocabulary.decode(tokens);
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
