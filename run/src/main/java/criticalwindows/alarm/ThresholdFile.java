package criticalwindows.alarm;

import criticalwindows.disk.Durable;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.monitor.Threshold;
import criticalwindows.ratio.Role;
import criticalwindows.stats.Interval;
import criticalwindows.stats.Proportion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A threshold, and all that it holds for.
///
/// @param score what is followed
/// @param models that were asked
/// @param asked the rate of false alarms per benign response that it was chosen for, in (0, 1)
/// @param threshold with the responses that it was chosen on
/// @param source of these, for people
public record ThresholdFile(
    AlarmScore score, Map<Role, Named> models, double asked, Threshold threshold, String source) {
  private static final int FORMAT = 1;
  private static final String SHA = "model sha256";

  public ThresholdFile {
    models = Map.copyOf(models);
    if (!(asked > 0 && asked < 1)
        || !Double.isFinite(threshold.value())
        || threshold.tokens() < 0) {
      throw new IllegalArgumentException("no threshold");
    }
  }

  /// A model.
  ///
  /// @param name as it was opened: a built-in one, a file or an address
  /// @param sha256 of its file, or empty where its server says none; with an adapter, of both
  /// @param adapter where the one is that was added to its weights
  public record Named(String name, String sha256, Optional<String> adapter) {
    /// A model without an adapter.
    public Named(String name, String sha256) {
      this(name, sha256, Optional.empty());
    }

    /// A model that was opened under this name.
    public static Named of(String name, Model model) {
      Map<String, String> facts = model.provenance();
      return new Named(
          name, facts.getOrDefault(SHA, ""), Optional.ofNullable(facts.get("adapter")));
    }

    private String shown() {
      return name + adapter.map(file -> " with the adapter " + file).orElse("");
    }
  }

  /// Refuses another model than the one that was asked.
  ///
  /// @throws UserError if it is
  public void require(Role role, Model opened) {
    Named then = Optional.ofNullable(models.get(role)).orElse(new Named("", ""));
    String now = opened.provenance().getOrDefault(SHA, "");
    if (!then.sha256().isEmpty() && !now.isEmpty() && !then.sha256().equals(now)) {
      throw new UserError(
          "the threshold was chosen with another "
              + role.word()
              + " model than "
              + opened.name()
              + ": "
              + then.shown(),
          "name that one with --"
              + role.word()
              + ", or choose a threshold anew with cw monitor"
              + " calibrate");
    }
  }

  /// Writes it as JSON.
  public void write(Path file) {
    Interval rate = threshold.rate();
    ObjectNode node = JsonMapper.shared().createObjectNode().put("format", FORMAT);
    score.put(node);
    ObjectNode named = node.putObject("models");
    sorted().forEach((role, model) -> put(named.putObject(role.word()), model));
    node.put("threshold", threshold.value())
        .put("asked_rate", asked)
        .put("benign_responses", threshold.responses().trials())
        .put("false_alarms", threshold.responses().successes())
        .put("rate", threshold.responses().estimate())
        .put("rate_low", rate.low())
        .put("rate_high", rate.high())
        .put("benign_tokens", threshold.tokens())
        .put("per_1000_tokens", threshold.perThousandTokens())
        .put("source", source);
    try {
      Durable.write(
          file,
          JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
    } catch (IOException e) {
      throw Durable.unwritable(file, e);
    }
  }

  private static void put(ObjectNode node, Named model) {
    node.put("name", model.name()).put("sha256", model.sha256());
    model.adapter().ifPresent(file -> node.put("adapter", file));
  }

  private Map<Role, Named> sorted() {
    Map<Role, Named> all = new EnumMap<>(Role.class);
    all.putAll(models);
    return all;
  }

  /// Reads one that was written.
  ///
  /// @throws UserError if it is none
  public static ThresholdFile read(Path file) {
    try {
      JsonNode node = JsonMapper.shared().readTree(Files.readString(file));
      if (node.path("format").asInt(0) != FORMAT || !node.path("threshold").isNumber()) {
        throw new IllegalArgumentException("format");
      }
      Map<Role, Named> models = new EnumMap<>(Role.class);
      for (Role role : Role.values()) {
        JsonNode model = node.path("models").path(role.word());
        if (model.isObject()) {
          models.put(role, named(model));
        }
      }
      Proportion alarms =
          new Proportion(
              node.path("false_alarms").asLong(-1), node.path("benign_responses").asLong(-1));
      return new ThresholdFile(
          AlarmScore.read(node),
          models,
          node.path("asked_rate").asDouble(0),
          new Threshold(
              node.path("threshold").asDouble(), alarms, node.path("benign_tokens").asLong(-1)),
          node.path("source").asString(""));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UserError(
          file + " is no threshold of a monitor",
          "make one with cw monitor calibrate BENIGN --out FILE",
          e);
    } catch (IOException e) {
      throw Durable.unreadable(file, e);
    }
  }

  private static Named named(JsonNode model) {
    return new Named(
        model.path("name").asString(""),
        model.path("sha256").asString(""),
        model.path("adapter").asStringOpt());
  }
}
