package criticalwindows.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/// What the study of weights computes.
///
/// @param seeds one repetition each
/// @param problems of each repetition, one response to each of which is sampled to be learnt from
/// @param heldOut problems that accuracy is measured on, the same for all repetitions
/// @param heldOutSeed of these problems
/// @param each responses to each of them
/// @param searched held-out problems, the first ones, with a response whose windows are searched
/// @param epochs of all arms but `rejection`, which reads as many tokens once
/// @param batch responses of a step
/// @param rate the highest learning rate
/// @param rank of the adapters
record WeightsPlan(
    List<Long> seeds,
    int problems,
    int heldOut,
    long heldOutSeed,
    int each,
    int searched,
    int epochs,
    int batch,
    double rate,
    int rank) {
  static final String MODEL = "small-base";

  private static final long HELD_OUT = 900_001;

  WeightsPlan {
    seeds = List.copyOf(seeds);
  }

  static WeightsPlan of(TrainingStudy.Size size) {
    return switch (size) {
      case SMALL -> new WeightsPlan(seeds(2), 12, 6, HELD_OUT, 4, 3, 2, 4, 1e-3, 8);
      case PUBLISHED -> new WeightsPlan(seeds(6), 120, 120, HELD_OUT, 8, 36, 3, 8, 1e-3, 8);
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
    settings.put("epochs", Integer.toString(epochs));
    settings.put("batch", Integer.toString(batch));
    settings.put("rate", String.format(Locale.ROOT, "%s", rate));
    settings.put("rank", Integer.toString(rank));
    return settings;
  }
}
