package criticalwindows.weighting;

import criticalwindows.localise.AdaptiveSearch;
import criticalwindows.study.TrainingStudy;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// What the study of weights computes.
///
/// @param seeds one repetition each
/// @param arms in the order of tables, the control first
/// @param problems of each repetition, one response to each of which is sampled to be learnt from
/// @param heldOut problems that accuracy is measured on, the same for all repetitions
/// @param heldOutSeed of these problems
/// @param each responses to each of them
/// @param searched held-out problems, the first ones, with a response whose windows are searched
/// @param rollouts that a search may spend on a response
/// @param epochs of all arms but `rejection`, which reads as many tokens once
/// @param batch responses of a step
/// @param rate the highest learning rate
/// @param high the highest learning rate of the arms that have a higher one
/// @param rank of the adapters
record WeightsPlan(
    List<Long> seeds,
    List<String> arms,
    int problems,
    int heldOut,
    long heldOutSeed,
    int each,
    int searched,
    int rollouts,
    int epochs,
    int batch,
    double rate,
    double high,
    int rank) {
  static final String MODEL = "small-base";

  private static final long HELD_OUT = 900_001;

  // Chosen on data of the seeds from 1001 on and other held-out problems: see the study's page.
  private static final int EPOCHS = 4;
  private static final double RATE = 7e-4;
  private static final double HIGH = 3e-3;
  private static final int RANK = 8;

  WeightsPlan {
    seeds = List.copyOf(seeds);
    arms = List.copyOf(arms);
  }

  static WeightsPlan of(TrainingStudy.Size size) {
    int usual = AdaptiveSearch.Settings.STANDARD.budget();
    return switch (size) {
      case SMALL ->
          new WeightsPlan(
              seeds(2), WeightsArms.FEW, 4, 2, HELD_OUT, 2, 1, 24, 1, 4, RATE, HIGH, RANK);
      case PUBLISHED ->
          new WeightsPlan(
              seeds(6),
              WeightsArms.EVERY,
              100,
              90,
              HELD_OUT,
              8,
              8,
              usual,
              EPOCHS,
              8,
              RATE,
              HIGH,
              RANK);
    };
  }

  private static List<Long> seeds(int count) {
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  /// For the page.
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", MODEL);
    settings.put("problems", Integer.toString(problems));
    settings.put("held-out", Integer.toString(heldOut));
    settings.put("held-out-seed", Long.toString(heldOutSeed));
    settings.put("each", Integer.toString(each));
    settings.put("searched", Integer.toString(searched));
    settings.put("rollouts", Integer.toString(rollouts));
    settings.put("epochs", Integer.toString(epochs));
    settings.put("batch", Integer.toString(batch));
    settings.put("rate", BigDecimal.valueOf(rate).toPlainString());
    settings.put("high", BigDecimal.valueOf(high).toPlainString());
    settings.put("rank", Integer.toString(rank));
    return settings;
  }
}
