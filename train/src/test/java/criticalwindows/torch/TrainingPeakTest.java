package criticalwindows.torch;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.finetune.AdamW;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.finetune.TrainingMemory;
import criticalwindows.finetune.WhiteBoxes;
import criticalwindows.finetune.WhiteBoxes.Precision;
import criticalwindows.gguf.DecoderFile;
import criticalwindows.gguf.RandomLlama;
import criticalwindows.model.Tokens;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The process never holds more than the plan says. Linux alone tells a peak.
@EnabledOnOs(OS.LINUX)
@Isolated("memory is of the whole process")
final class TrainingPeakTest {
  private static final Path BUILT_IN =
      Path.of("../hub/src/main/resources/criticalwindows/hub/base.gguf");

  @TempDir private Path folder;

  @Test
  void ofTheBuiltInModel() throws IOException {
    check(BUILT_IN, Models.ALL, 8, 128);
  }

  @Test
  void ofAnAdapterInBfloat16OnLongTexts() throws IOException {
    check(BUILT_IN, half(Models.lora(8)), 2, 512);
  }

  @Test
  @Tag("soak")
  void of125MillionWeights() throws IOException {
    Path file = folder.resolve("large.gguf");
    RandomLlama.write(file, RandomLlama.LARGE, 1);
    check(file, Models.ALL, 4, 256);
    check(file, half(Models.ALL), 4, 256);
    check(file, Models.lora(16), 4, 256);
  }

  private static WhiteBoxes.Options half(WhiteBoxes.Options options) {
    return new WhiteBoxes.Options(options.lora(), Precision.BFLOAT16, 1, 5);
  }

  private static void check(Path file, WhiteBoxes.Options options, int count, int length)
      throws IOException {
    TrainingMemory plan;
    try (DecoderFile opened = DecoderFile.open(file)) {
      plan = new TrainingMemory(opened.config(), options.lora(), options.precision());
    }
    List<Passage> passages = passages(count, length);
    TrainingMemory.Load load =
        new TrainingMemory.Load((long) count * length, length, (long) count * (length - 1));
    // What comes with LibTorch itself.
    Passage brief = new Passage(Tokens.of(1, 2), new Targets(new int[] {0}, new int[] {3}));
    try (TorchWhiteBox tiny = Models.open(ReferenceModelsTest.folder("qwen3"), options)) {
      tiny.accumulate(List.of(brief), TrainingPeakTest::likelier);
    }
    trim();
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    long before = bytes("VmRSS") - heap();
    try (TorchWhiteBox model = Models.open(file, options)) {
      for (int i = 0; i < 2; i++) {
        model.accumulate(passages, TrainingPeakTest::likelier);
        assertThat(model.step(new AdamW.Step(new AdamW(.9, .999, 1e-8, .1, 1), 1e-4))).isFinite();
      }
    }
    long taken = bytes("VmHWM") - heap() - before;
    long planned = plan.peak(load) - TrainingMemory.PROGRAM;
    assertThat(taken)
        .as("%d passages of %d tokens, %s", count, length, options)
        .isBetween(planned / 3, planned);
  }

  /// Gives back what the C library keeps of earlier tests.
  @SuppressWarnings("restricted")
  private static void trim() {
    Linker linker = Linker.nativeLinker();
    MethodHandle trim =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("malloc_trim"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    try {
      int _ = (int) trim.invokeExact(0L);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<float[]> likelier(List<float[]> values) {
    return values.stream().map(some -> Models.filled(some.length, -1e-3f)).toList();
  }

  private static List<Passage> passages(int count, int length) {
    SplittableRandom random = new SplittableRandom(6);
    List<Passage> passages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] next = random.ints(length - 1L, 0, 3000).toArray();
      passages.add(
          new Passage(
              Tokens.of(random.ints(length, 0, 3000).toArray()),
              new Targets(IntStream.range(0, length - 1).toArray(), next)));
    }
    return passages;
  }

  private static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
  }

  private static long bytes(String field) throws IOException {
    Optional<String> line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(text -> text.startsWith(field + ":"))
            .findFirst();
    return Long.parseLong(line.orElseThrow().replaceAll("\\D", "")) << 10;
  }
}
