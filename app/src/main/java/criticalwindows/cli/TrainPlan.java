package criticalwindows.cli;

import criticalwindows.error.UserError;
import criticalwindows.finetune.Example;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.TrainingMemory;
import criticalwindows.view.Numbers;
import java.util.List;

/// How many tokens are computed at once within a budget of memory.
///
/// @param most tokens at once; one row may have as many as that
/// @param peak bytes that are held at once
record TrainPlan(int most, long peak, long budget) {
  /// The heap of Java, in which rows are kept.
  private static final long HEAP = 256L << 20;

  /// More at once is no quicker.
  private static final int ENOUGH = 4096;

  /// @param budget bytes of the whole process
  /// @throws UserError if the longest row does not fit
  static TrainPlan of(TrainingMemory memory, List<Example> examples, long budget) {
    int row = examples.stream().mapToInt(Example::tokens).max().orElseThrow();
    int longest =
        examples.stream()
            .flatMap(example -> example.passages().stream())
            .map(Passage::ids)
            .mapToInt(ids -> ids.size())
            .max()
            .orElseThrow();
    int most = Math.max(row, ENOUGH);
    while (most > row && peak(memory, most, longest) > budget) {
      most = Math.max(row, most / 2);
    }
    long peak = peak(memory, most, longest);
    if (peak > budget) {
      throw new UserError(
          "--memory "
              + size(budget)
              + " is too small: a row of "
              + Numbers.count(row)
              + " tokens takes "
              + size(peak)
              + ", "
              + size(HEAP + memory.fixed())
              + " of that for the program, the weights and the optimiser",
          "give at least --memory "
              + size(peak)
              + (memory.lora().isEmpty() ? ", or train an adapter, without --all-weights" : "")
              + ", or give shorter rows");
    }
    return new TrainPlan(most, peak, budget);
  }

  private static long peak(TrainingMemory memory, int tokens, int longest) {
    return HEAP + memory.peak(new TrainingMemory.Load(tokens, longest, tokens));
  }

  /// As `--memory` takes it, rounded up.
  static String size(long bytes) {
    return Math.ceilDiv(bytes, 1L << 20) + "M";
  }

  @Override
  public String toString() {
    return size(peak)
        + " of "
        + size(budget)
        + ": "
        + Numbers.count(most)
        + " tokens are computed at once";
  }
}
