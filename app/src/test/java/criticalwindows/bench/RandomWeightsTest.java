package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.cli.Cli;
import criticalwindows.console.Exit;
import criticalwindows.gguf.RandomLlama;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// A model that has learnt nothing, against the world.
@Isolated("a model with longer heads makes the process take another CPU library")
class RandomWeightsTest {
  @TempDir Path folder;

  @Test
  void theyMissTheBars() {
    Path file = folder.resolve("random.gguf");
    RandomLlama.write(file, new RandomLlama.Shape(64, 1, 64, 261, RandomLlama.Output.TIED), 1);
    Cli bench =
        OrganismBenchTest.small(
            "--model",
            file.toString(),
            "--families",
            "facts",
            "--parts",
            "accuracy,forms",
            "--n",
            "4");
    assertThat(bench.exit()).isEqualTo(Exit.FAILED);
    assertThat(bench.out())
        .containsPattern("all +outside the support +1\\.000 .* <= 0\\.03 +missed")
        .containsPattern("random +total variation, enumerated .* <= 0\\.1 +missed");
  }
}
