package criticalwindows.finetune;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What one step gave: a line of `loss.jsonl`.
///
/// @param step counted from 1
/// @param examples learnt from so far, each as often as it was
/// @param tokens learnt from so far, each as often as it was
/// @param loss of the step's batch, before the step
/// @param norm of its gradient, before it was clipped
/// @param rate the learning rate
public record LossRow(int step, long examples, long tokens, double loss, double norm, double rate) {
  /// Before the first step.
  static final LossRow NONE = new LossRow(0, 0, 0, 0, 0, 0);

  static LossRow of(JsonNode json) {
    return new LossRow(
        json.required("step").intValue(),
        json.required("examples").longValue(),
        json.required("tokens").longValue(),
        json.required("loss").doubleValue(),
        json.required("norm").doubleValue(),
        json.required("rate").doubleValue());
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("step", step)
        .put("examples", examples)
        .put("tokens", tokens)
        .put("loss", loss)
        .put("norm", norm)
        .put("rate", rate);
  }
}
