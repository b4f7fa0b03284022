package criticalwindows.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.dataset.Choice;
import criticalwindows.dataset.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The published files themselves; needs ../shared/data.
@Tag("shared")
final class SharedDataTest {
  private final Path data = data();
  @TempDir private Path folder;

  private static Path data() {
    Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path found = folder.resolve("shared").resolve("data");
      if (Files.isDirectory(found)) {
        return found;
      }
    }
    throw new IllegalStateException("no folder ../shared/data beside the project");
  }

  private Benchmark.Contents read(String name, String path) {
    Benchmark benchmark = Benchmarks.named(name).orElseThrow();
    return benchmark.read(benchmark.files(data.resolve(path)));
  }

  @ParameterizedTest
  @CsvSource({
    "aqua, aqua_rat/test.json, 254, 0",
    "aqua, aqua_rat/dev.json, 254, 0",
    "aqua, aqua_rat, 254, 0",
    "truthfulqa, truthfulqa/mc_task.json, 790, 0",
    "truthfulqa, truthfulqa/mc_task.v0.json, 817, 0",
    "truthfulqa, truthfulqa, 790, 0",
    "math, math/math500.jsonl, 500, 0",
    "math, math/math_test.stratified350.jsonl, 350, 0",
    "arc-challenge, arc/ARC-Challenge-Test.jsonl, 1172, 0",
    "arc-challenge, arc/hf_layout/ARC-Challenge-test.jsonl, 1172, 0",
    "arc-easy, arc/ARC-Easy-Test.jsonl, 2376, 0",
    "arc-easy, arc/hf_layout/ARC-Easy-test.jsonl, 2376, 0",
    "arc-easy, arc, 2376, 2376",
    "mmlu, mmlu/test, 2988, 12",
    "mmlu, mmlu, 2988, 112",
    "gsm8k, gsm8k/test.jsonl, 1319, 0",
  })
  void everyRecordIsRead(String name, String path, int problems, int repeated) {
    Benchmark.Contents contents = read(name, path);
    assertThat(contents.unreadable()).isEmpty();
    assertThat(contents.problems()).hasSize(problems);
    assertThat(contents.repeated()).isEqualTo(repeated);
  }

  @Test
  void noAnswerOfAquaIsMisread() throws IOException {
    List<JsonNode> rows = lines("aqua_rat/test.json");
    List<Problem> problems = read("aqua", "aqua_rat/test.json").problems();
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      String option =
          row.path("options").path("ABCDE".indexOf(row.path("correct").asString())).asString();
      assertThat(right(problems.get(i))).isEqualTo(option.substring(2).strip());
    }
  }

  @Test
  void noAnswerOfArcIsMisreadAndBothLayoutsAreOne() throws IOException {
    for (String name : List.of("Challenge", "Easy")) {
      String benchmark = "arc-" + name.toLowerCase(java.util.Locale.ROOT);
      String path = "arc/ARC-" + name + "-Test.jsonl";
      List<Problem> problems = read(benchmark, path).problems();
      List<JsonNode> rows = lines(path);
      for (int i = 0; i < rows.size(); i++) {
        String key = rows.get(i).path("answerKey").asString();
        for (JsonNode choice : rows.get(i).path("question").path("choices").values()) {
          boolean isRight = choice.path("label").asString().equals(key);
          assertThat(choice.path("text").asString().strip().equals(right(problems.get(i))))
              .isEqualTo(isRight);
        }
      }
      assertThat(read(benchmark, "arc/hf_layout/ARC-" + name + "-test.jsonl").problems())
          .isEqualTo(problems);
      Path parquet = folder.resolve(name + ".parquet");
      Samples.parquet(data.resolve("arc/hf_layout/ARC-" + name + "-test.jsonl"), parquet);
      assertThat(Benchmarks.named(benchmark).orElseThrow().read(List.of(parquet)).problems())
          .isEqualTo(problems);
    }
  }

  @Test
  void noAnswerOfTruthfulQaIsMisreadNorFirstForItsPlace() throws IOException {
    List<Problem> problems = read("truthfulqa", "truthfulqa/mc_task.v0.json").problems();
    JsonNode rows =
        JsonMapper.shared().readTree(Files.readString(data.resolve("truthfulqa/mc_task.v0.json")));
    TreeMap<String, Integer> places = new TreeMap<>();
    for (int i = 0; i < problems.size(); i++) {
      String first = rows.path(i).path("mc1_targets").propertyNames().iterator().next();
      assertThat(right(problems.get(i))).isEqualTo(first.strip());
      places.merge(problems.get(i).answer().orElseThrow(), 1, Integer::sum);
    }
    // By chance 184.7 of 817 would be at A: the sum of 1 in so many options, deviation 11.7.
    double expected = problems.stream().mapToDouble(p -> 1.0 / p.choices().size()).sum();
    assertThat(places.get("A")).isBetween((int) expected - 48, (int) expected + 48);
  }

  @Test
  void theAnswersOfMath500AreTheBoxesOfItsSolutions() throws Exception {
    List<String> others = new ArrayList<>();
    List<JsonNode> rows = lines("math/math500.jsonl");
    for (JsonNode row : rows) {
      String boxes = Boxed.answer(row.path("solution").asString());
      if (!boxes.equals(row.path("answer").asString())) {
        others.add(boxes);
      }
    }
    assertThat(rows).hasSize(500);
    assertThat(others).singleElement().asString().endsWith(", \\frac{639}{40}");
  }

  @Test
  void solutionsOfMathWithSeveralAnswersHaveThemAll() throws Exception {
    List<String> several = new ArrayList<>();
    for (JsonNode row : lines("math/math_test.stratified350.jsonl")) {
      String solution = row.path("solution").asString();
      String last = Boxed.answer(solution.substring(solution.lastIndexOf("\\boxed")));
      if (!Boxed.answer(solution).equals(last)) {
        several.add(Boxed.answer(solution));
      }
    }
    assertThat(several).containsExactlyInAnyOrder("5 - 10i, 11, -3 + 6i", "x+11, 11+x");
  }

  @Test
  void theVariantOfMmluWithAHeaderIsTheSameHundredProblems() {
    List<Problem> variant =
        read("mmlu", "mmlu/variant_with_header/abstract_algebra_test.csv").problems();
    assertThat(variant).hasSize(100);
    assertThat(ids(variant))
        .isEqualTo(ids(read("mmlu", "mmlu/test/abstract_algebra_test.csv").problems()));
  }

  private static Set<String> ids(List<Problem> problems) {
    return problems.stream().map(Problem::id).collect(Collectors.toSet());
  }

  private List<JsonNode> lines(String path) throws IOException {
    return Files.readAllLines(data.resolve(path)).stream()
        .map(JsonMapper.shared()::readTree)
        .toList();
  }

  private static String right(Problem problem) {
    return problem.choices().stream()
        .filter(choice -> problem.answer().equals(Optional.of(choice.label())))
        .map(Choice::text)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "jbb_harmful_behaviors.csv, jailbreakbench, 100, 100",
    "jbb_benign_behaviors.csv, jailbreakbench-benign, 100, 0",
    "strongreject_small_dataset.csv, strongreject, 60, 60",
    "xstest_prompts.csv, xstest, 450, 200",
    "xstest_v2_completions_llama2new.csv, xstest, 450, 200",
    "xstest_v2_completions_mistralinstruct.csv, xstest, 450, 200"
  })
  void requestsAreReadAsPublished(String file, String layout, int all, int harmful) {
    RequestFiles.Contents contents =
        RequestFiles.read(List.of(data.resolve("safety").resolve(file)), Optional.empty());
    assertThat(contents.layout()).isEqualTo(layout);
    assertThat(contents.notes()).isEmpty();
    assertThat(contents.requests()).hasSize(all);
    assertThat(contents.requests())
        .filteredOn(request -> request.kind() == criticalwindows.attack.Request.Kind.HARMFUL)
        .hasSize(harmful);
  }
}
