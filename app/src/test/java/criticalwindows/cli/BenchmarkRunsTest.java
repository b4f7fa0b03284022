package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Exit;
import criticalwindows.download.FakeHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Benchmarks on the command line: from a file, and from a hub on this machine.
class BenchmarkRunsTest {
  private static final String SECRET = "hf_thisIsTheSecret";
  private static final String TEXT =
      """
      {"question":"Ann has 2 nets and buys 3. How many?","answer":"#### 5"}
      {"question":"no answer","answer":"none"}
      """;

  private static final String ADDRESS = "gsm8k:hf://datasets/owner/set/test.jsonl";

  @TempDir Path folder;

  private static List<String> tiny(String dataset, Path out) {
    List<String> words = new ArrayList<>(List.of("run", "cot", "--dataset", dataset));
    words.addAll(List.of("--problems", "1", "--samples", "1", "--cuts", ".5", "--threads", "1"));
    words.addAll(List.of("--memory", "480M", "--out", out.toString()));
    return words;
  }

  private static JsonNode provenance(Path run) throws IOException {
    JsonNode json = JsonMapper.shared().readTree(Files.readString(run.resolve("run.json")));
    return json.path("provenance");
  }

  @Test
  void aProblemTooLongForTheModelIsLeftOutToldAndRecorded() throws IOException {
    String large = "How many stamps? ".repeat(400);
    StringBuilder lines = new StringBuilder(TEXT);
    for (int i = 0; i < 20; i++) {
      lines.append("{\"question\":\"" + i + large + "\",\"answer\":\"#### 5\"}\n");
    }
    Path file = Files.writeString(folder.resolve("test.jsonl"), lines);
    Path run = folder.resolve("run");
    Cli result = Cli.run(tiny("gsm8k:" + file, run).toArray(String[]::new));
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err())
        .contains(
            "note: " + file + ", line 2: the record has no number behind ####",
            "problems are left out, which with a response of 128 tokens are longer than the"
                + " context of base, 512 tokens: ",
            "the next ones of the draw take their places");
    JsonNode provenance = provenance(run);
    assertThat(provenance.path("data set too long").asString()).contains("are left out");
    assertThat(provenance.path("data set size").asString())
        .isEqualTo("21 problems, 1 records that cannot be read");
    assertThat(provenance.path("data set from").asString()).isEqualTo(file.toString());
    assertThat(result.out()).contains("Ann has 2 nets");
  }

  @Test
  void aRunFromTheHubRecordsCommitAndHashAndNeverTheToken() throws Exception {
    Path run = folder.resolve("run");
    try (FakeHub hub = new FakeHub(TEXT.getBytes(StandardCharsets.UTF_8))) {
      Cli result = process(environment(hub), tiny(ADDRESS, run));
      assertThat(result.exit()).as(result.out()).isZero();
      assertThat(provenance(run).path("data set from").asString())
          .isEqualTo("hf://datasets/owner/set@" + FakeHub.COMMIT + "/test.jsonl");
      assertThat(provenance(run).path("data set sha256").asString()).hasSize(64);
      assertThat(result.out()).doesNotContain(SECRET);
      assertThat(everythingIn(folder)).doesNotContain(SECRET);
    }
  }

  @Test
  void whatTheHubDoesNotGiveIsTwoLines() throws Exception {
    try (FakeHub hub = new FakeHub(new byte[0])) {
      hub.refuse(403, "X-Error-Code", "GatedRepo");
      Cli gated = process(environment(hub), List.of("datasets", "show", "mmlu"));
      assertThat(gated.exit()).isEqualTo(Exit.USER_ERROR);
      assertThat(gated.out().lines())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("error: ").contains("those only whom its owner"),
              line -> assertThat(line).startsWith("hint: ask for access").contains("HF_TOKEN"));
    }
    Map<String, String> offline =
        Map.of("HF_HUB_OFFLINE", "1", "HF_HOME", folder.resolve("none").toString());
    Cli result = process(offline, List.of("datasets", "show", "mmlu"));
    assertThat(result.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(result.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("is not in the cache", "HF_HUB_OFFLINE is set"),
            line -> assertThat(line).startsWith("hint: unset it once"));
  }

  @Test
  void aBenchmarkIsListedShownAndDescribed() throws IOException {
    Cli list = Cli.run("datasets");
    assertThat(list.out()).contains("mmlu  ", "14,042", "cais/mmlu, test", "CC BY-SA 4.0");
    Path file = Files.writeString(folder.resolve("test.jsonl"), TEXT);
    Cli show = Cli.run("datasets", "show", "gsm8k:" + file, "--n", "3");
    assertThat(show.exit()).isZero();
    assertThat(show.out()).contains("size: 1 problems", "Ann has 2 nets", "right: 5");
    assertThat(show.err())
        .isEqualTo("note: " + file + ", line 2: the record has no number behind ####\n");
    assertThat(Cli.run("datasets", "card", "gsm8k").out()).contains("arXiv 2110.14168");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run cot --dataset mmul | no data set named mmul | mmlu",
        "run cot --dataset mmlu:nowhere.csv | there is no such file | check the path",
        "run cot --dataset gsm8k:pom.xml | is of no kind that is known here | .parquet, .jsonl",
        "run cot --dataset math:hf://x | hf://x is no address of a file | hf://datasets/OWNER/NAME",
        "datasets show arc-easy:src | no file in src has a name of arc-easy's | arc-easy:FILE",
        "datasets card mmul | no benchmark named mmul | mmlu",
      })
  void aUserErrorIsTwoLinesAndLeavesNothingBehind(String command, String error, String hint) {
    Path run = folder.resolve("run");
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    if (words.getFirst().equals("run")) {
      words.addAll(List.of("--out", run.toString()));
    }
    Cli result = Cli.run(words.toArray(String[]::new));
    assertThat(result.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(result.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("error: ").contains(error),
            line -> assertThat(line).startsWith("hint: ").contains(hint));
    assertThat(run).doesNotExist();
  }

  @Test
  void theCardCommandHasHelpWithAnExample() {
    Cli help = Cli.run("datasets", "card", "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Usage: cw datasets card", "Example");
  }

  private Map<String, String> environment(FakeHub hub) {
    return Map.of(
        "HF_ENDPOINT",
        hub.endpoint().toString(),
        "HF_HOME",
        folder.resolve("hf").toString(),
        "HF_TOKEN",
        SECRET);
  }

  /// A process of its own, for it is the environment that is tested.
  private Cli process(Map<String, String> environment, List<String> arguments) throws Exception {
    List<String> command = Cli.command(arguments.toArray(String[]::new));
    Path log = folder.resolve("log-" + arguments.hashCode());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    int exit = builder.start().waitFor();
    return new Cli(exit, Files.readString(log), "");
  }

  private static String everythingIn(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
