package criticalwindows.reminders;

import criticalwindows.study.TrainingStudy;
import java.util.List;

/// How much [RemindersStudy] computes.
///
/// @param seeds one repetition each
/// @param replies that are sampled to learn from
/// @param budget of an epoch
/// @param rate the highest learning rate
record ReminderScale(
    List<Long> seeds,
    ReminderItems.Counts items,
    ReminderMeasures.Depths depths,
    int replies,
    TurnBudget budget,
    int epochs,
    double rate) {
  /// Of the items that are measured; training is tuned on others.
  private static final long ITEMS = 26;

  ReminderScale {
    seeds = List.copyOf(seeds);
  }

  /// That of a size.
  static ReminderScale of(TrainingStudy.Size size) {
    return switch (size) {
      case SMALL ->
          new ReminderScale(
              List.of(1L, 2L),
              new ReminderItems.Counts(2, 3, 2, ITEMS),
              new ReminderMeasures.Depths(20, 40, 40, 1),
              60,
              new TurnBudget(2_000, 1_000, 5),
              1,
              2e-3);
      case PUBLISHED ->
          new ReminderScale(
              List.of(1L, 2L, 3L, 4L, 5L, 6L),
              new ReminderItems.Counts(60, 160, 60, ITEMS),
              new ReminderMeasures.Depths(5, 20, 40, 4),
              1_500,
              new TurnBudget(120_000, 60_000, 150),
              4,
              2e-3);
    };
  }
}
