package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.activation.HookPoint;
import criticalwindows.activation.Site;
import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaOptions;
import org.junit.jupiter.api.Test;

class ProbeMonitorBenchTest {
  @Test
  void watchingIsHeldAgainstPlainDecoding() throws InterruptedException {
    ProbeMonitorBench.Measured measured =
        ProbeMonitorBench.measure(
            ModelFiles.standard().find("small-base"),
            LlamaOptions.defaults().withMemory(600_000_000),
            new HookPoint(Site.RESIDUAL, 2),
            2);
    assertThat(measured.ratio().count()).isEqualTo(2);
    assertThat(measured.plain().value()).isPositive();
    assertThat(measured.line()).contains("residual.2", " µs a token against ", "n = 2");
  }
}
