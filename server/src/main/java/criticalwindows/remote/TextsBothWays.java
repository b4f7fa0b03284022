package criticalwindows.remote;

import criticalwindows.model.Tokens;
import criticalwindows.remote.Findings.Answer;
import criticalwindows.remote.Findings.Finding;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A server's own tokenizer: `/tokenize`, and back by `/detokenize`. vLLM, SGLang and `cw servers
/// serve` take a text as `prompt`, llama-server as `content`; back it comes as `prompt` from vLLM
/// and `cw servers serve`, as `text` from SGLang, as `content` from llama-server.
record TextsBothWays(Connection server, String model) {
  private static final String TEXT = "The end.";

  /// The ids that the server makes of a text, its begin-of-text token included; absent where it
  /// makes none.
  Optional<Tokens> ids(String text) throws InterruptedException {
    return ids(text, true);
  }

  /// The ids that the server makes of a text alone.
  Optional<Tokens> plainIds(String text) throws InterruptedException {
    return ids(text, false);
  }

  private Optional<Tokens> ids(String text, boolean begun) throws InterruptedException {
    ObjectNode ask = ask().put("prompt", text).put("content", text);
    ask.put("add_special_tokens", begun).put("add_special", begun);
    return answer("/tokenize", ask)
        .map(reply -> reply.path("tokens"))
        .filter(ids -> !ids.isEmpty())
        .map(ids -> Tokens.of(ids.values().stream().mapToInt(id -> id.asInt(0)).toArray()));
  }

  private Optional<String> text(Tokens ids) throws InterruptedException {
    ObjectNode ask = ask();
    ids.stream().forEach(ask.putArray("tokens")::add);
    return answer("/detokenize", ask)
        .flatMap(
            reply ->
                Stream.of("prompt", "text", "content")
                    .map(reply::path)
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .findFirst());
  }

  private ObjectNode ask() {
    return JsonMapper.shared().createObjectNode().put("model", model);
  }

  private Optional<JsonNode> answer(String path, ObjectNode ask) throws InterruptedException {
    try {
      return Optional.of(server.post(path, JsonMapper.shared().writeValueAsBytes(ask)));
    } catch (CallFailure e) {
      return Optional.empty();
    }
  }

  /// Whether a text comes back as it went.
  ///
  /// @param known ids to turn into a text where there is no `/tokenize`
  Finding finding(Tokens known) throws InterruptedException {
    Optional<Tokens> ids = ids(TEXT, false);
    Optional<String> text = text(ids.orElse(known));
    if (ids.isPresent() && text.isPresent()) {
      boolean same = text.get().strip().equals(TEXT);
      return same
          ? new Finding(Answer.YES, "")
          : new Finding(Answer.PARTLY, "a text comes back changed: --tokenizer does it here");
    }
    String missing = text.isPresent() ? "no /tokenize" : "no /detokenize";
    return ids.isPresent() || text.isPresent()
        ? new Finding(Answer.PARTLY, missing + ": --tokenizer does it here")
        : new Finding(Answer.NO, "neither /tokenize nor /detokenize: --tokenizer does it here");
  }
}
