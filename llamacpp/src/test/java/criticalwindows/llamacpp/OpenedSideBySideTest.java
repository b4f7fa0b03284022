package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.activation.HookPoint;
import criticalwindows.model.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The CPU library goes by the model that is opened first: another thread that opens a model of
/// other heads may not take it away.
class OpenedSideBySideTest {
  private static final int TIMES = 60;

  @TempDir Path folder;

  @Test
  void modelsOfOtherHeadsAreOpenedAtTheSameTime() throws Exception {
    Path wide = RandomDecoders.write(folder, "llama");
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<Integer>> read = new ArrayList<>();
      read.add(pool.submit(() -> opened(wide)));
      read.add(pool.submit(() -> opened(BuiltIn.FILE)));
      for (Future<Integer> each : read) {
        assertThat(each.get()).isEqualTo(TIMES);
      }
    }
  }

  private static int opened(Path file) throws InterruptedException {
    LlamaActivations.Room room =
        new LlamaActivations.Room(List.of(HookPoint.parse("residual.1")), 1, 16);
    int opened = 0;
    for (int i = 0; i < TIMES; i++) {
      try (LlamaActivations reader =
          LlamaActivations.open(file, LlamaOptions.defaults().withThreads(1), room)) {
        opened += reader.read(0, Tokens.of(1, 2, 3), new int[] {2}).length;
      }
    }
    return opened;
  }
}
