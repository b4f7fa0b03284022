package criticalwindows.vectors;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.WantedText;
import criticalwindows.error.UserError;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A plan as `activations.json` has it.
final class ActivationsJson {
  private static final int FORMAT = 1;

  private ActivationsJson() {}

  static String write(ExtractionPlan plan) {
    ExtractionPlan.Subject subject = plan.subject();
    ObjectNode node = JsonMapper.shared().createObjectNode().put("format", FORMAT);
    node.putObject("model").put("name", subject.model()).put("sha256", subject.sha256());
    node.put("reader", subject.reader())
        .put("source", subject.source())
        .put("places", subject.places())
        .put("width", plan.width())
        .put("files", plan.keeping().format())
        .put("type", plan.keeping().precision().word());
    ArrayNode hooks = node.putArray("hooks");
    plan.hooks().forEach(hook -> hooks.add(hook.word()));
    ArrayNode parts = node.putArray("parts");
    plan.parts().forEach(parts::add);
    ArrayNode texts = node.putArray("texts");
    plan.texts().forEach(text -> put(texts.addObject(), text));
    return JsonMapper.shared().writeValueAsString(node) + "\n";
  }

  private static void put(ObjectNode node, WantedText text) {
    node.put("id", text.id())
        .put("group", text.group())
        .put("prompted", text.prompt().size())
        .put("length", text.response().size());
    ArrayNode kept = node.putArray("kept");
    text.kept().forEach(kept::add);
    ArrayNode ids = node.putArray("token_ids");
    text.prompt().plus(text.response()).stream().forEach(ids::add);
  }

  /// @param file for complaints
  static ExtractionPlan read(Path file, String json) {
    try {
      JsonNode node = JsonMapper.shared().readTree(json);
      int format = node.path("format").asInt(0);
      if (format == FORMAT) {
        return plan(node);
      }
      throw new UserError(
          file + " has the format " + format + ", and this version reads " + FORMAT,
          "read it with the version of cw that wrote it, or extract the activations again");
    } catch (JacksonException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UserError(
          file + " does not describe activations", "name a folder that cw activations wrote", e);
    }
  }

  private static ExtractionPlan plan(JsonNode node) {
    try {
      JsonNode model = node.path("model");
      List<WantedText> texts = new ArrayList<>();
      node.path("texts").forEach(text -> texts.add(text(text)));
      List<HookPoint> hooks = new ArrayList<>();
      node.path("hooks").forEach(hook -> hooks.add(HookPoint.parse(hook.asString(""))));
      return new ExtractionPlan(
          new ExtractionPlan.Subject(
              model.path("name").asString(""),
              model.path("sha256").asString(""),
              node.path("reader").asString(""),
              node.path("source").asString(""),
              node.path("places").asString("")),
          hooks,
          node.path("width").asInt(0),
          new ExtractionPlan.Keeping(
              node.path("files").asString(""), Precision.named(node.path("type").asString(""))),
          texts,
          numbers(node.path("parts")));
    } catch (UserError e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static WantedText text(JsonNode node) {
    Tokens ids = Tokens.of(numbers(node.path("token_ids")).stream().mapToInt(id -> id).toArray());
    int prompted = node.path("prompted").asInt(-1);
    if (ids.size() - prompted != node.path("length").asInt(-1)) {
      throw new IllegalArgumentException("length");
    }
    return new WantedText(
        node.path("id").asString(""),
        node.path("group").asString(""),
        ids.prefix(prompted),
        ids.slice(prompted, ids.size()),
        numbers(node.path("kept")));
  }

  private static List<Integer> numbers(JsonNode array) {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode number : array) {
      numbers.add(number.intValue());
    }
    return numbers;
  }
}
