package criticalwindows.finetune;

import criticalwindows.error.UserError;

/// How a model is trained.
///
/// @param epochs how often every example is learnt from, at least 1
/// @param batch examples of one step, at least 1
/// @param optimiser and its numbers
/// @param schedule of the learning rate
/// @param order the seed of the order of examples, and of which are held out
/// @param saveEvery steps between two checkpoints, at least 1
/// @param testEvery steps between two measurements of the held-out loss, at least 1
public record TrainingSettings(
    int epochs,
    int batch,
    AdamW optimiser,
    Schedule schedule,
    long order,
    int saveEvery,
    int testEvery) {
  public TrainingSettings {
    if (epochs < 1 || batch < 1 || saveEvery < 1 || testEvery < 1) {
      throw new UserError(
          epochs
              + " epochs of batches of "
              + batch
              + ", with "
              + saveEvery
              + " and "
              + testEvery
              + " steps between checkpoints and tests",
          "name at least 1 of each");
    }
  }

  /// The same with so many steps between two measurements of the held-out loss.
  public TrainingSettings testedEvery(int steps) {
    return new TrainingSettings(epochs, batch, optimiser, schedule, order, saveEvery, steps);
  }

  /// Steps of all epochs; the last batch of an epoch may be smaller.
  public int steps(int examples) {
    return Math.multiplyExact(epochs, Math.ceilDiv(examples, batch));
  }
}
