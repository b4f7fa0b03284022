package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cli.Cli;
import criticalwindows.console.Exit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The built-in model against its world, a few of everything. A bar counts as missed 4 standard
/// errors beyond it, so that chance alone fails this test once in some hundred seeds, and this seed
/// does not; a model, a reader or a posterior that is broken fails it by far.
class OrganismBenchTest {
  /// All but the posterior's times, which are no test's business.
  private static final List<String> PARTS =
      List.of("accuracy", "decisions", "consistency", "forms", "requests", "prefill", "repeat");

  @TempDir Path folder;

  @Test
  void theBuiltInModelMeetsItsBars() throws IOException {
    Path json = folder.resolve("organism.json");
    Cli bench = small("--parts", String.join(",", PARTS), "--n", "8", "--json", json.toString());
    assertThat(bench.out()).contains(" met, 0 missed");
    assertThat(bench.exit()).isZero();
    JsonNode root = JsonMapper.shared().readTree(Files.readString(json));
    assertThat(root.path("complete").asBoolean()).isTrue();
    assertThat(root.path("curves")).hasSize(5);
    assertThat(root.path("lines"))
        .hasSizeGreaterThan(40)
        .allMatch(
            line ->
                !line.path("low").isNumber()
                    || line.path("low").asDouble() <= line.path("value").asDouble() + 1e-9);
    for (String part : PARTS) {
      assertThat(root.path("lines")).anyMatch(line -> line.path("part").asString().equals(part));
    }
  }

  @Test
  void aPartThatIsNoneIsRefused() {
    Cli bench = small("--parts", "accuracy,beauty");
    assertThat(bench.exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(bench.err()).contains("error: ", "beauty", "hint: ", "accuracy");
    assertThat(small("--families", "poems").exit()).isEqualTo(Exit.USER_ERROR);
    assertThat(small("--n", "0").err()).contains("--n 0");
  }

  @Test
  void itsHelpHasEveryPart() {
    Cli help = Cli.run("bench", "organism", "--help");
    assertThat(help.out()).contains(PARTS).contains("95 % interval");
    assertThat(help.err()).isEmpty();
  }

  /// The bench, a few of everything.
  static Cli small(String... arguments) {
    List<String> all = new ArrayList<>(List.of("bench", "organism", "--small", "--threads", "1"));
    all.addAll(List.of("--memory", "480M"));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }
}
