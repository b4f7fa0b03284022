package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.contract.EveryEngine;
import criticalwindows.contract.ModelContract;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// llama.cpp keeps the contract of every backend.
class LlamaModelContractTest implements EveryEngine {
  private final LlamaModel model = BuiltIn.open(24);
  private final ModelContract.Subject subject = BuiltIn.subject(model);

  @Override
  public ModelContract.Subject subject() {
    return subject;
  }

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void feedsIntoTheLiveText() throws InterruptedException {
    ModelContract.feedsIntoTheLiveText(subject);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLASH", "SHARED"})
  void otherWaysOfAttentionKeepTheContractToo(LlamaOptions.Attention way)
      throws InterruptedException {
    LlamaOptions options = BuiltIn.OPTIONS.withAttention(way).withMemory(600_000_000L);
    try (LlamaModel other = LlamaModel.open(BuiltIn.FILE, options)) {
      ModelContract.Subject same = new ModelContract.Subject(other, subject.start());
      ModelContract.continuesExactlyFromEveryCut(same);
      ModelContract.continuesInABatchUpToTheFirstNarrowStep(same);
      ModelContract.seedsDecide(same);
      ModelContract.logProbsSumToTheScore(same);
      ModelContract.canBeInterrupted(same);
      ModelContract.feedsIntoTheLiveText(same);
      ModelContract.readsAsideWhatIsNotWritten(same);
      ModelContract.scoresTextsBesideEachOther(same);
      assertThat(other.provenance())
          .containsEntry("attention", way.name().toLowerCase(Locale.ROOT));
    }
  }
}
