package criticalwindows.contract;

import org.junit.jupiter.api.Test;

/// The part of the [ModelContract] that is tested of every backend.
public interface EveryModel {
  /// A fresh model, and a text it can go on from.
  ModelContract.Subject subject();

  @Test
  default void continuesExactlyFromEveryCut() throws InterruptedException {
    ModelContract.continuesExactlyFromEveryCut(subject());
  }

  @Test
  default void continuesInABatchUpToTheFirstNarrowStep() throws InterruptedException {
    ModelContract.continuesInABatchUpToTheFirstNarrowStep(subject());
  }

  @Test
  default void idsRoundTrip() {
    ModelContract.idsRoundTrip(subject());
  }

  @Test
  default void beginsOnce() {
    ModelContract.beginsOnce(subject());
  }

  @Test
  default void stopsWhereToldTo() throws InterruptedException {
    ModelContract.stopsWhereToldTo(subject());
  }

  @Test
  default void seedsDecide() throws InterruptedException {
    ModelContract.seedsDecide(subject());
  }

  @Test
  default void logProbsSumToTheScore() throws InterruptedException {
    ModelContract.logProbsSumToTheScore(subject());
  }

  @Test
  default void scoresTextsBesideEachOther() throws InterruptedException {
    ModelContract.scoresTextsBesideEachOther(subject());
  }

  @Test
  default void widthShrinksWithLength() {
    ModelContract.widthShrinksWithLength(subject());
  }

  @Test
  default void canBeInterrupted() throws InterruptedException {
    ModelContract.canBeInterrupted(subject());
  }

  @Test
  default void refusesBadScriptsFirst() {
    ModelContract.refusesBadScriptsFirst(subject());
  }
}
