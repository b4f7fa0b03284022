package criticalwindows.contract;

import org.junit.jupiter.api.Test;

/// What is tested besides of every backend that owns its engine, and so sees all probabilities.
public interface EveryEngine extends EveryModel {
  @Test
  default void probsAreThoseOfScoring() throws InterruptedException {
    ModelContract.probsAreThoseOfScoring(subject());
  }

  @Test
  default void predictionsFollowFromThePlainProbabilities() throws InterruptedException {
    ModelContract.predictionsFollowFromThePlainProbabilities(subject());
  }

  @Test
  default void whatIsDrawnWasPredicted() throws InterruptedException {
    ModelContract.whatIsDrawnWasPredicted(subject());
  }

  @Test
  default void readsAsideWhatIsNotWritten() throws InterruptedException {
    ModelContract.readsAsideWhatIsNotWritten(subject());
  }
}
