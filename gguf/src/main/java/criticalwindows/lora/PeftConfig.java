package criticalwindows.lora;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The `adapter_config.json` of a PEFT folder.
///
/// *Source:* `LoraConfig` of PEFT 0.20.
record PeftConfig(Path folder, JsonNode fields) {
  static final String FILE = "adapter_config.json";

  private static final String PLAIN =
      "name an adapter of plain LoRA matrices: W + alpha / r · B · A, or alpha / √r";

  /// Fields that ask for more than `W + scale · B · A`, wherever they are set.
  private static final List<String> MORE =
      List.of(
          "use_dora",
          "use_qalora",
          "use_bdlora",
          "lora_bias",
          "fan_in_fan_out",
          "modules_to_save",
          "rank_pattern",
          "alpha_pattern",
          "layer_replication",
          "trainable_token_indices",
          "target_parameters",
          "alora_invocation_tokens",
          "arrow_config");

  /// Ways to begin an adapter that change the model's own weights.
  private static final List<String> CHANGE_THE_BASE = List.of("pissa", "olora", "corda", "loftq");

  /// Reads the file of a folder.
  ///
  /// @throws UserError if it is missing, or asks for something else
  static PeftConfig read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      JsonNode fields = JsonMapper.shared().readTree(Files.readString(file));
      if (!fields.isObject()) {
        throw new UserError(file + " holds no JSON object", "copy or download the folder again");
      }
      PeftConfig config = new PeftConfig(folder, fields);
      config.requirePlain();
      return config;
    } catch (NoSuchFileException e) {
      throw new UserError(
          "there is no " + FILE + " in " + folder,
          "name a GGUF adapter, or a folder as PEFT saves it",
          e);
    } catch (JacksonException e) {
      throw new UserError(
          file + " is no JSON: " + Reason.withoutPlaces(e.getOriginalMessage()),
          "copy or download the folder again",
          e);
    } catch (IOException e) {
      throw new UserError(
          file + " cannot be read: " + Reason.of(e), "copy or download the folder again", e);
    }
  }

  private void requirePlain() {
    String type = fields.path("peft_type").asString("");
    if (!type.equals("LORA")) {
      throw says("peft_type", fields.path("peft_type"));
    }
    if (!fields.path("bias").asString("none").equals("none")) {
      throw says("bias", fields.path("bias"));
    }
    for (String name : MORE) {
      JsonNode value = fields.path(name);
      boolean unset =
          value.isMissingNode()
              || value.isNull()
              || (value.isBoolean() && !value.booleanValue())
              || (value.isContainer() && value.isEmpty());
      if (!unset) {
        throw says(name, value);
      }
    }
    JsonNode first = fields.path("init_lora_weights");
    if (CHANGE_THE_BASE.stream().anyMatch(first.asString("")::startsWith)) {
      throw says("init_lora_weights", first);
    }
  }

  /// The rank of all pairs.
  int rank() {
    JsonNode rank = fields.path("r");
    if (!rank.canConvertToInt() || rank.intValue() < 1) {
      throw new UserError(
          where() + " says r " + rank, "an adapter's rank is a whole number, at least 1");
    }
    return rank.intValue();
  }

  /// What `B · A` is multiplied with, times the rank.
  double alpha() {
    JsonNode alpha = fields.path("lora_alpha");
    double value = alpha.isNumber() ? alpha.doubleValue() : Double.NaN;
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new UserError(
          where() + " says lora_alpha " + alpha, "an adapter's alpha is a number above 0");
    }
    boolean byRoot = fields.path("use_rslora").asBoolean(false);
    return byRoot ? value * Math.sqrt(rank()) : value;
  }

  private UserError says(String name, JsonNode value) {
    return new UserError(
        where() + " says " + name + " " + value + ", which is not applied here", PLAIN);
  }

  private Path where() {
    return folder.resolve(FILE);
  }

  /// What PEFT writes beside such an adapter.
  ///
  /// @param base the model's name on the hub, or where its folder is
  static String of(LoraConfig config, String base) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.putNull("alora_invocation_tokens");
    node.putObject("alpha_pattern");
    node.putNull("auto_mapping");
    node.put("base_model_name_or_path", base);
    node.put("bias", "none");
    node.put("fan_in_fan_out", false);
    node.put("inference_mode", true);
    node.put("init_lora_weights", true);
    node.putNull("layers_pattern");
    node.putNull("layers_to_transform");
    // vLLM wants a whole number where it is one.
    if (config.alpha() == Math.rint(config.alpha())) {
      node.put("lora_alpha", (long) config.alpha());
    } else {
      node.put("lora_alpha", config.alpha());
    }
    node.put("lora_bias", false);
    node.put("lora_dropout", 0.0);
    node.putNull("modules_to_save");
    node.put("peft_type", "LORA");
    node.put("r", config.rank());
    node.putObject("rank_pattern");
    node.putNull("revision");
    Arrays.stream(Projection.values())
        .filter(config.targets()::contains)
        .map(Projection::hfName)
        .forEach(node.withArray("target_modules")::add);
    node.put("task_type", "CAUSAL_LM");
    node.put("use_dora", false);
    node.put("use_rslora", false);
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }
}
