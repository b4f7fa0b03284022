package criticalwindows.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import criticalwindows.model.Tokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// llama.cpp keeps the contract of every backend.
class LlamaModelContractTest implements EveryModel {
  private final LlamaModel model = BuiltIn.open(24);
  private final ModelContract.Subject subject = subject(model);

  private static ModelContract.Subject subject(LlamaModel model) {
    Tokens begin = Tokens.of(model.vocabulary().begin().orElseThrow());
    return new ModelContract.Subject(model, begin.plus(BuiltIn.question(model.vocabulary(), 17)));
  }

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

  @Test
  void flashAttentionKeepsTheContractToo() throws InterruptedException {
    LlamaOptions options = BuiltIn.OPTIONS.withAttention(LlamaOptions.Attention.FLASH);
    try (LlamaModel flash = LlamaModel.open(BuiltIn.FILE, options.withMemory(450_000_000L))) {
      ModelContract.Subject other = new ModelContract.Subject(flash, subject.start());
      ModelContract.continuesExactlyFromEveryCut(other);
      ModelContract.logProbsSumToTheScore(other);
      assertThat(flash.provenance()).containsEntry("attention", "flash");
    }
  }

  @Test
  void oddsAreThoseOfScoring() throws InterruptedException {
    ModelContract.oddsAreThoseOfScoring(subject);
  }

  @Test
  void entropiesFitTheLikeliest() throws InterruptedException {
    ModelContract.entropiesFitTheLikeliest(subject);
  }

  @Test
  void readsAsideWhatIsNotWritten() throws InterruptedException {
    ModelContract.readsAsideWhatIsNotWritten(subject);
  }
}
