package criticalwindows.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import criticalwindows.benchmark.Benchmark;
import criticalwindows.benchmark.Benchmarks;
import criticalwindows.benchmark.Samples;
import criticalwindows.dataset.Dataset;
import criticalwindows.download.Digests;
import criticalwindows.download.FakeHub;
import criticalwindows.download.Hub;
import criticalwindows.download.HubSettings;
import criticalwindows.download.HubWait;
import criticalwindows.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Benchmarks by name, from a hub on this machine, and from files.
final class BenchmarkSourceTest {
  @TempDir private Path folder;

  private static List<Samples> samples() {
    return Samples.all();
  }

  private Hub hub(FakeHub server) {
    Map<String, String> environment =
        Map.of("HF_ENDPOINT", server.endpoint().toString(), "HF_HOME", folder.toString());
    return new Hub(HubSettings.of(environment, folder), HubWait.SLEEP);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void eachComesFromTheHubByItsName(Samples samples) throws IOException {
    Path parquet = samples.parquet(folder);
    Benchmark benchmark = Benchmarks.named(samples.benchmark()).orElseThrow();
    String from =
        benchmark.hub().stream()
            .map(
                file ->
                    "hf://datasets/" + file.repository() + "@" + FakeHub.COMMIT + "/" + file.path())
            .collect(Collectors.joining(" "));
    try (FakeHub server = new FakeHub(Files.readAllBytes(parquet))) {
      Dataset dataset = Datasets.draw(samples.benchmark(), Datasets.ALL, 1, () -> hub(server));
      assertThat(dataset.problems())
          .extracting(problem -> problem.answer().orElseThrow())
          .isEqualTo(samples.answers());
      assertThat(dataset.provenance()).containsEntry("from", from);
      if (benchmark.hub().size() == 1) {
        assertThat(dataset.provenance())
            .containsEntry("sha256", Digests.sha256(parquet))
            .containsEntry("size", "2 problems");
      }
    }
  }

  @Test
  void anotherPlaceOnTheHubCanBeNamed() throws IOException {
    Samples samples = samples().getFirst();
    String address = "hf://datasets/me/mine@v2/my.parquet";
    try (FakeHub server = new FakeHub(Files.readAllBytes(samples.parquet(folder)))) {
      Dataset dataset = Datasets.draw("logiqa:" + address, 1, 1, () -> hub(server));
      assertThat(dataset.problems()).hasSize(1);
      assertThat(dataset.spare()).hasSize(1);
      assertThat(dataset.provenance().get("from")).isEqualTo(address.replace("v2", FakeHub.COMMIT));
    }
  }

  @Test
  void nothingElseAsksForAHub() throws IOException {
    Path mine = folder.resolve("mine.jsonl");
    Files.writeString(mine, "{\"task\":\"math\",\"question\":\"q\",\"answer\":\"1\"}");
    Path theirs =
        Files.writeString(
            folder.resolve("test.jsonl"), "{\"question\":\"q\",\"answer\":\"#### 1\"}");
    for (String name : List.of("world", mine.toString(), "gsm8k:" + theirs, "gsm8k:" + folder)) {
      Dataset dataset =
          Datasets.draw(
              name,
              1,
              1,
              () -> {
                throw new IllegalStateException("a hub for " + name);
              });
      assertThat(dataset.problems()).hasSize(1);
    }
  }

  @Test
  void moreFilesHaveTheHashOfTheirList() throws IOException {
    Path one =
        Files.writeString(
            folder.resolve("a_test.jsonl"), "{\"question\":\"q\",\"answer\":\"#### 1\"}\n");
    Path two =
        Files.writeString(
            folder.resolve("b_test.jsonl"), "{\"question\":\"q\",\"answer\":\"#### 2\"}\nx\n");
    String list =
        Digests.sha256(one) + "  a_test.jsonl\n" + Digests.sha256(two) + "  b_test.jsonl\n";
    Dataset dataset = Datasets.draw("gsm8k:" + folder, Datasets.ALL, 1);
    assertThat(dataset.provenance())
        .containsEntry("sha256", Digests.sha256(list))
        .containsEntry("from", folder.toString())
        .containsEntry("size", "2 problems, 1 records that cannot be read");
    assertThat(dataset.notes()).singleElement().asString().startsWith(two + ", line 2: ");
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    UserError failure =
        catchThrowableOfType(UserError.class, () -> Datasets.draw("mmlu:no/such.csv", 1, 1));
    assertThat(failure).hasMessage("no/such.csv cannot be read: there is no such file");
    assertThat(failure.hint()).isEqualTo("check the path");
  }
}
