package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.console.Console;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RequestWindowsTest {
  private static final LlamaOptions OPTIONS =
      LlamaOptions.defaults().withThreads(1).withAttention(LlamaOptions.Attention.FLASH);

  @Test
  @Tag("soak")
  void windowsOfRepliesHoldTheLargestExactStepsAndNoneIsClaimedWithoutAStep() throws Exception {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Console console = new Console(nowhere, nowhere, false, InstantSource.fixed(Instant.EPOCH));
    try (LlamaModel model = LlamaModel.open(ModelFiles.standard().find("small-aligned"), OPTIONS)) {
      List<KnownSteps.Trial> trials = RequestWindows.run(console, model, 2, 3).trials();
      assertThat(trials).hasSizeBetween(6, 10);
      assertThat(trials).filteredOn(trial -> trial.rise() > .35).isNotEmpty();
      for (KnownSteps.Trial trial : trials) {
        assertThat(trial.rise()).isBetween(0.0, 1.0);
        assertThat(trial.claimed() && trial.rise() < .05).as(trial.toString()).isFalse();
        assertThat(trial.rise() < .35 || trial.held()).as(trial.toString()).isTrue();
      }
    }
  }
}
