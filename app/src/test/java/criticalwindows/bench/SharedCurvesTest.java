package criticalwindows.bench;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.localise.Prior;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real resampling curves of two reasoning models, 100 rollouts a sentence.
@Tag("shared")
class SharedCurvesTest {
  private static Path file() {
    Path start = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path found = folder.resolve("shared/data/curves/thought_anchors.jsonl");
      if (Files.exists(found)) {
        return found;
      }
    }
    throw new IllegalStateException("no ../shared/data beside the project");
  }

  /// Issue 5: 5,774 tests, 447 nominal at .05, 85 at a false discovery rate of 5 %.
  @Test
  void thePublishedDifferencesThatSurvive() {
    List<GivenCurve> curves = GivenCurves.read(file(), GivenCurves.Lines.ALL);
    Discoveries corpus = Discoveries.of(curves, 100, Prior.STANDARD);
    assertThat(corpus.curves()).isEqualTo(40);
    assertThat(corpus.tests()).isEqualTo(5774);
    assertThat(corpus.nominal()).isEqualTo(447);
    assertThat(corpus.survive()).isEqualTo(85);
    assertThat(corpus.windows()).isBetween(25, 40);
  }
}
