package criticalwindows.reading;

import criticalwindows.trace.Before;
import java.util.Map;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/// What vLLM gave back: its RequestOutput, written as JSON, or responses of its server that were
/// asked for with `return_token_ids`. Token ids are used as they are. A stop token at their end is
/// left out where the choice names it as its `stop_reason`, or where it is one of the run's model.
///
/// *Source:* the classes RequestOutput and CompletionOutput,
/// https://docs.vllm.ai/en/latest/api/vllm/outputs, and the extra parameters of its server,
/// https://docs.vllm.ai/en/latest/serving/openai_compatible_server
final class VllmLayout implements Layout {
  @Override
  public String name() {
    return "vllm";
  }

  @Override
  public String files() {
    return "outputs of vLLM";
  }

  @Override
  public boolean fits(Map<String, JsonToken> fields) {
    return !fields.containsKey("response")
        && !fields.containsKey("completion")
        && (fields.get("outputs") == JsonToken.START_ARRAY
            || fields.get("choices") == JsonToken.START_ARRAY);
  }

  @Override
  public void read(Input input, Found found) {
    input.each(value -> read(value, found));
  }

  private static void read(JsonValues.Value value, Found found) {
    JsonNode node = value.node();
    String place = value.place();
    if (node.path("outputs").isArray()) {
      String id = Fields.word(node, "request_id").orElse(place);
      Choices.read(new Choices.Answer(place, id, node.path("outputs"), () -> prompt(node)), found);
    } else if (node.path("choices").isArray()) {
      String id = Fields.word(node, "id").orElse(place);
      Choices.read(new Choices.Answer(place, id, node.path("choices"), () -> prompt(node)), found);
    } else if (node.hasNonNull("error")) {
      found.text(
          place,
          () -> {
            throw new Unusable("it failed");
          });
    } else {
      throw new IllegalArgumentException("it has neither outputs nor choices");
    }
  }

  private static Before prompt(JsonNode node) {
    if (node.hasNonNull("prompt_token_ids")) {
      return new Before.Ids(Fields.ids(node.path("prompt_token_ids"), "prompt_token_ids"));
    }
    if (node.path("prompt").isString()) {
      return new Before.Rendered(node.path("prompt").asString());
    }
    throw new Unusable("there is no prompt; ask the server for return_token_ids");
  }
}
