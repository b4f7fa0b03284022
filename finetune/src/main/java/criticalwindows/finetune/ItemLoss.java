package criticalwindows.finetune;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The loss of a held-out item: a line of `held-out.jsonl`.
///
/// @param step after how many steps
/// @param loss of all examples of the item together, not divided by anything
/// @param mass what it is divided by
public record ItemLoss(int step, String item, double loss, double mass) {
  static ItemLoss of(JsonNode json) {
    return new ItemLoss(
        json.required("step").intValue(),
        json.required("item").stringValue(),
        json.required("loss").doubleValue(),
        json.required("mass").doubleValue());
  }

  ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("step", step)
        .put("item", item)
        .put("loss", loss)
        .put("mass", mass);
  }

  ItemLoss plus(ItemLoss more) {
    return new ItemLoss(step, item, loss + more.loss, mass + more.mass);
  }
}
