package criticalwindows.llamacpp;

import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.model.ToyModel;
import org.junit.jupiter.api.Test;

/// The exact model keeps the contract of every backend.
class ToyModelContractTest {
  private final Model model = ToyModel.orderedDecisions();
  private final ModelContract.Subject subject = subject(model);

  private static ModelContract.Subject subject(Model model) {
    return new ModelContract.Subject(model, model.vocabulary().encode("?"));
  }

  @Test
  void continuesExactlyFromEveryCut() throws InterruptedException {
    ModelContract.continuesExactlyFromEveryCut(subject);
  }

  @Test
  void continuesInABatchUpToTheFirstNarrowStep() throws InterruptedException {
    ModelContract.continuesInABatchUpToTheFirstNarrowStep(subject);
  }

  @Test
  void idsRoundTrip() {
    ModelContract.idsRoundTrip(subject);
  }

  @Test
  void beginsOnce() {
    ModelContract.beginsOnce(subject);
  }

  @Test
  void stopsWhereToldTo() throws InterruptedException {
    ModelContract.stopsWhereToldTo(
        new ModelContract.Subject(model, model.vocabulary().encode("?")));
  }

  @Test
  void seedsDecide() throws InterruptedException {
    ModelContract.seedsDecide(subject);
  }

  @Test
  void logProbsSumToTheScore() throws InterruptedException {
    ModelContract.logProbsSumToTheScore(subject);
  }

  @Test
  void oddsAreThoseOfScoring() throws InterruptedException {
    ModelContract.oddsAreThoseOfScoring(subject);
  }

  @Test
  void widthShrinksWithLength() {
    ModelContract.widthShrinksWithLength(subject);
  }

  @Test
  void canBeInterrupted() throws InterruptedException {
    ModelContract.canBeInterrupted(subject);
  }

  @Test
  void refusesBadScriptsFirst() {
    ModelContract.refusesBadScriptsFirst(new ModelContract.Subject(model, Tokens.of(63)));
  }
}
