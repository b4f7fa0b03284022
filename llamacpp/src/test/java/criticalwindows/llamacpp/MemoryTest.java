package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.model.Models;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The budget holds, whatever is asked.
class MemoryTest {
  private static final long BUDGET = 420L << 20;

  @ParameterizedTest
  @ValueSource(ints = {10, 2000})
  void theProcessStaysWithinItsBudgetHoweverManyScriptsThereAre(int scripts)
      throws IOException, InterruptedException {
    // The keys and values alone take a good part, so a plan that forgot them would be caught.
    assertThat(peak(LlamaOptions.Attention.PLAIN, scripts)).isBetween(BUDGET / 2, BUDGET);
  }

  @Test
  void soItDoesWithAForwardPassOfOurOwn() throws IOException, InterruptedException {
    assertThat(peak(LlamaOptions.Attention.SHARED, 2000)).isBetween(BUDGET / 4, BUDGET);
  }

  private static long peak(LlamaOptions.Attention attention, int scripts)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryTest.class.getName(),
                attention.name(),
                String.valueOf(scripts))
            .redirectErrorStream(true)
            .start();
    String said =
        new String(child.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(child.exitValue()).as(said).isZero();
    return Long.parseLong(said.strip().lines().toList().getLast());
  }

  /// Runs so many scripts, and prints the most memory that was resident.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    LlamaOptions options =
        BuiltIn.OPTIONS
            .withMemory(BUDGET)
            .withAttention(LlamaOptions.Attention.valueOf(arguments[0]));
    try (LlamaModel model = LlamaModel.open(BuiltIn.FILE, options)) {
      model.width(model.contextLength());
      Tokens start = BuiltIn.question(model.vocabulary(), 17);
      List<Step> steps = List.of(Step.sample(Sampling.PLAIN, 2));
      Models.run(
          model,
          IntStream.range(0, Integer.parseInt(arguments[1]))
              .mapToObj(seed -> new Script(start, steps, seed))
              .toList());
    }
    System.out.println(peakBytes());
  }

  private static long peakBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thePlanTakesAllTheBudgetAndNoMore() {
    MemoryPlan plan = new MemoryPlan(8L << 30, 250_000_000, 12_288, 16_384, 384, 32_768);
    for (int tokens : List.of(1, 256, 700, 2048)) {
      for (int workers : List.of(1, 2, 7, 64)) {
        MemoryPlan.Layout layout = plan.layout(tokens, workers);
        Cells.Shape shape = layout.shape();
        assertThat(layout.workers()).isBetween(1, workers);
        assertThat(shape.cells()).isBetween(tokens, tokens + 255);
        assertThat(plan.bytes(layout)).isLessThanOrEqualTo(8L << 30);
        Cells.Shape more = new Cells.Shape(shape.sequences() + 1, shape.cells());
        boolean full = plan.bytes(new MemoryPlan.Layout(layout.workers(), more)) > 8L << 30;
        assertThat(full || shape.sequences() >= Math.max(64, 256 / layout.workers())).isTrue();
      }
    }
  }

  @Test
  void thereAreAsManyWorkersAsHaveEnoughSequences() {
    long each = 768 * 12_288L + 3 * 2048 * 4;
    MemoryPlan wide = new MemoryPlan(8L << 30, 31_000_000, 12_288, 0, 384, 2048);
    assertThat(wide.layout(700, 2)).isEqualTo(layout(2, 128));
    assertThat(wide.layout(700, 8)).isEqualTo(layout(8, 64));
    MemoryPlan narrow = new MemoryPlan(500_000_000 + 50 * each, 31_000_000, 12_288, 0, 384, 2048);
    assertThat(narrow.layout(700, 8).workers()).isBetween(1, 2);
    assertThat(narrow.layout(2048, 8).workers()).isEqualTo(1);
  }

  private static MemoryPlan.Layout layout(int workers, int sequences) {
    return new MemoryPlan.Layout(workers, new Cells.Shape(sequences, 768));
  }
}
