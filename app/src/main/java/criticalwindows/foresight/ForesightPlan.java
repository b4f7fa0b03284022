package criticalwindows.foresight;

import criticalwindows.study.TrainingStudy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How much the study of foresight computes.
///
/// @param problems that are learnt from, a multiple of four
/// @param parts of each response, at one place of each of which it is cut for training
/// @param rollouts continuations of each cut that are learnt from
/// @param heldOut problems that are measured, a multiple of four
/// @param responses of each of them
/// @param step tokens between two cuts of a response that is measured
/// @param checked continuations of every second cut of one of these responses, to score by
/// @param prior continuations of each prompt, for the base rate
/// @param epochs of training
record ForesightPlan(
    int problems,
    int parts,
    int rollouts,
    int heldOut,
    int responses,
    int step,
    int checked,
    int prior,
    int epochs) {
  static final String MODEL = "small-base";
  static final int BATCH = 16;
  static final int RANK = 16;

  private static final ForesightPlan SMALL = new ForesightPlan(4, 1, 2, 4, 1, 40, 2, 2, 1);
  private static final ForesightPlan PUBLISHED = new ForesightPlan(300, 3, 6, 80, 2, 16, 8, 16, 1);

  static ForesightPlan of(TrainingStudy.Size size) {
    return switch (size) {
      case SMALL -> SMALL;
      case PUBLISHED -> PUBLISHED;
    };
  }

  /// For the page.
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", MODEL);
    settings.put("question", LetterQuestion.WORDS);
    settings.put("training problems", Integer.toString(problems));
    settings.put("cuts of each", Integer.toString(parts + 2));
    settings.put("continuations of each cut", Integer.toString(rollouts));
    settings.put("held-out problems", Integer.toString(heldOut));
    settings.put("responses of each", Integer.toString(responses));
    settings.put("tokens between cuts", Integer.toString(step));
    settings.put("continuations to score by", Integer.toString(checked));
    settings.put("continuations for the base rate", Integer.toString(prior));
    settings.put("epochs", Integer.toString(epochs));
    settings.put("rate for letters", rate(LetterQuestion.RATE));
    settings.put("rate for words", rate(GuessQuestion.RATE));
    settings.put("examples of a step", Integer.toString(BATCH));
    settings.put("rank of the adapter", Integer.toString(RANK));
    return settings;
  }

  private static String rate(double rate) {
    return String.format(Locale.ROOT, "%.4f", rate);
  }

  static List<Long> seeds(TrainingStudy.Size size) {
    return switch (size) {
      case SMALL -> List.of(1L, 2L);
      case PUBLISHED -> List.of(1L, 2L, 3L, 4L, 5L, 6L);
    };
  }
}
