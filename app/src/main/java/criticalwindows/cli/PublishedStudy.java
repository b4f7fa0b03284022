package criticalwindows.cli;

import criticalwindows.error.Reason;
import criticalwindows.error.UserError;
import criticalwindows.report.ReplicationTable.Published;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A study that somebody published, as a settings file: what was run, and what came of it.
///
/// @param study what it is, with its source
/// @param model that it was about
/// @param problems of each data set, at least 1
/// @param samples continuations at each cut, at least 1
/// @param cuts where responses were cut, as `--cuts` takes them
/// @param temperature of its sampling, at least 0
/// @param topP in (0, 1]
/// @param datasets by their names, with what was published of each
record PublishedStudy(
    String study,
    String model,
    int problems,
    int samples,
    String cuts,
    double temperature,
    double topP,
    Map<String, Published> datasets) {
  /// The one that the program brings along.
  static final String PAPER = "paper";

  private static final String HINT =
      "its fields are study, model, problems, samples, cuts, temperature, topP and datasets, a list"
          + " of {dataset, accuracyDifference, windowDifference}";

  PublishedStudy {
    datasets = new LinkedHashMap<>(datasets);
    if (problems < 1 || samples < 1 || datasets.isEmpty()) {
      throw new IllegalArgumentException(
          problems + " problems, " + samples + " samples, " + datasets.size() + " data sets");
    }
  }

  /// The paper's, or that of a file.
  ///
  /// @throws UserError if the file cannot be read, or is no such study
  static PublishedStudy read(String name) {
    String text = name.equals(PAPER) ? paper() : text(Path.of(name));
    try {
      return of(JsonMapper.shared().readTree(text));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UserError(name + " is no study: " + Reason.of(e), HINT, e);
    }
  }

  private static String paper() {
    try (InputStream in =
        Objects.requireNonNull(PublishedStudy.class.getResourceAsStream("paper.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in study cannot be read", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserError(
          file + " cannot be read: " + Reason.of(e), "name a file of settings, or paper", e);
    }
  }

  private static PublishedStudy of(JsonNode node) {
    Map<String, Published> datasets = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (JsonNode each : required(node, "datasets")) {
      String name = required(each, "dataset").asString();
      names.add(name);
      datasets.put(
          name,
          new Published(number(each, "accuracyDifference"), number(each, "windowDifference")));
    }
    if (names.size() != datasets.size()) {
      throw new IllegalArgumentException("a data set is there twice");
    }
    return new PublishedStudy(
        required(node, "study").asString(),
        required(node, "model").asString(),
        required(node, "problems").asInt(0),
        required(node, "samples").asInt(0),
        required(node, "cuts").asString(),
        required(node, "temperature").asDouble(-1),
        required(node, "topP").asDouble(-1),
        datasets);
  }

  private static JsonNode required(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name))
        .orElseThrow(() -> new IllegalArgumentException("it has no " + name));
  }

  /// A difference that was published, or none.
  private static Optional<Double> number(JsonNode node, String name) {
    return Optional.ofNullable(node.get(name)).filter(JsonNode::isNumber).map(JsonNode::asDouble);
  }
}
