package criticalwindows.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The small size of each study, computed anew, against the one in docs/studies/small. On a
/// processor of the same kind all numbers are the same; on another one rounding differs, and so do
/// texts that are sampled.
class StudiesTest {
  private static final Path SMALL = Path.of("..", "docs", "studies", "small");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Standard errors of a difference of two means; there are some hundred means in all.
  private static final double FAR = 5;

  @TempDir Path folder;

  static List<String> studies() {
    return Spoken.of("study")
        .out()
        .lines()
        .map(line -> line.strip().replaceFirst(" .*", ""))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("studies")
  void theSmallSizeComesToWhatIsPublished(String name) throws IOException {
    Path out = folder.resolve(name);
    Spoken study =
        Spoken.of("study", name, "--size", "small", "--threads", "1", "--out", out.toString());
    assertThat(study.code()).as(study.err()).isZero();
    Map<String, List<Double>> published = values(SMALL.resolve(name));
    Map<String, List<Double>> here = values(out);
    assertThat(here.keySet()).isEqualTo(published.keySet());
    SoftAssertions means = new SoftAssertions();
    here.forEach(
        (measure, values) -> {
          List<Double> others = published.get(measure);
          double apart = Math.hypot(error(values), error(others));
          means
              .assertThat(Math.abs(mean(values) - mean(others)))
              .as(measure)
              .isLessThanOrEqualTo(FAR * apart + 1e-6);
        });
    means.assertAll();
    try (Stream<Path> files = Files.list(SMALL.resolve(name))) {
      assertThat(files.map(file -> out.resolve(file.getFileName()))).allMatch(Files::exists);
    }
  }

  /// By arm and measure, of all items and repetitions.
  private static Map<String, List<Double>> values(Path study) throws IOException {
    Map<String, List<Double>> values = new TreeMap<>();
    for (String line : Files.readAllLines(study.resolve("cells.jsonl"))) {
      JsonNode cell = JSON.readTree(line);
      String arm = cell.get("arm").asString();
      for (Map.Entry<String, JsonNode> measure : cell.get("values").properties()) {
        for (JsonNode value : measure.getValue()) {
          values
              .computeIfAbsent(arm + ", " + measure.getKey(), key -> new ArrayList<>())
              .add(value.asDouble());
        }
      }
    }
    return values;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  private static double error(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / Math.max(1, values.size() - 1) / values.size());
  }
}
