package criticalwindows.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A text of 30,000 tokens is searched, shown, reported and exported in a small heap.
class LongTextsTest {
  private static final String HEAP = "-Xmx112m";

  @TempDir Path temp;

  @Test
  void aTextOfThirtyThousandTokensTakesLittleMemory() throws IOException, InterruptedException {
    Path numbers = temp.resolve("texts.json");
    Map<String, String> done =
        stages(numbers, "--lengths", "30000", "--rollouts", "24", "--rounds", "1");
    assertThat(done)
        .containsEntry("tokenise", "30000 tokens")
        .containsEntry("score", "30000 predictions")
        .containsEntry("cuts", "2000 sentences")
        .containsEntry("export", "4 tables");
    assertThat(number(done, "run")).isEqualTo(24);
    assertThat(number(done, "read")).isEqualTo(number(done, "run"));
    // Decided by token 18,001; the search is content with 5 % of the response on both sides.
    assertThat(done.getOrDefault("window model", "")).endsWith("CLAIMED");
    assertThat(number(done, "window model")).isBetween(16_500, 19_500);
    assertThat(number(done, "page")).isBetween(500_000, 2_000_000);
  }

  private static int number(Map<String, String> done, String stage) {
    return Integer.parseInt(done.getOrDefault(stage, "").replaceAll("^\\D*(\\d+).*$", "$1"));
  }

  /// What each stage says it did, in a process that has no more than that heap.
  private static Map<String, String> stages(Path numbers, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("bench", "texts", "--json", numbers.toString()));
    words.addAll(List.of(options));
    List<String> command = new ArrayList<>(Cli.command(words.toArray(String[]::new)));
    command.replaceAll(word -> word.startsWith("-Xmx") ? HEAP : word);
    // It is long enough for the second compiler.
    command.remove("-XX:TieredStopAtLevel=1");
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).as(said).isZero();
    Map<String, String> done = new HashMap<>();
    for (JsonNode row : JsonMapper.shared().readTree(Files.readString(numbers))) {
      done.put(row.get("what").asString().replaceAll(",.*", ""), row.get("note").asString());
    }
    return done;
  }
}
