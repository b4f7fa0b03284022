package criticalwindows.replies;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.hub.ModelFiles;
import criticalwindows.llamacpp.LlamaModel;
import criticalwindows.llamacpp.LlamaOptions;
import criticalwindows.ratio.Foretold;
import criticalwindows.ratio.RatioStudy;
import criticalwindows.ratio.Scores;
import criticalwindows.report.RatioTable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatioOnWorldTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final LlamaOptions OPTIONS =
      LlamaOptions.defaults().withThreads(1).withAttention(LlamaOptions.Attention.FLASH);

  /// A prefill has written what the aligned model would not: its likelihood ratio is high.
  @Test
  void theBuiltInPairTellsPrefilledRepliesFromBenignOnes() throws Exception {
    ModelFiles files = ModelFiles.standard();
    try (LlamaModel aligned = LlamaModel.open(files.find("small-aligned"), OPTIONS);
        LlamaModel base = LlamaModel.open(files.find("small-base"), OPTIONS)) {
      RatioOnWorld replies =
          RatioOnWorld.sample(
              aligned, base, new RatioOnWorld.Size(RatioOnWorld.FAMILIES, 6, 12, 1), CLOCK);
      RatioStudy study = replies.succeeded(aligned);
      assertThat(study.benign()).hasSize(12);
      assertThat(study.roc("prefill", Scores.RATIO).orElseThrow().area()).isEqualTo(1);
      List<Foretold.Place> places = replies.places(aligned);
      assertThat(places).hasSizeGreaterThan(100);
      assertThat(places)
          .filteredOn(place -> place.kept() == 0 && place.text().item().task().equals("none"))
          .allSatisfy(place -> assertThat(place.probability().orElseThrow()).isBetween(.02, .04));
      assertThat(String.join("\n", RatioTable.apart(study).lines()))
          .contains("prefill", "ratio", "1 %: of them flagged")
          // Of 12 benign texts none is 5 %.
          .contains("–");
      assertThat(String.join("\n", RatioTable.foretold(Foretold.of(places)).lines()))
          .contains("(base rate)", "perplexity");
    }
  }
}
