package criticalwindows.study;

import criticalwindows.study.StudyTables.Arm;
import criticalwindows.weight.Rules;
import java.util.List;
import java.util.stream.Stream;

/// The arms of the study of weights by name: rules of token weights, and what they are held
/// against.
final class WeightsArms {
  /// The control that all rules share: each token as any other.
  static final String UNIFORM = "uniform";

  /// As many tokens of more responses.
  static final String REJECTION = "rejection";

  /// Responses right or wrong.
  static final String ALL = "all";

  /// No training.
  static final String UNTRAINED = "untrained";

  /// The arms that have one set of responses in common, by the names of their rules.
  static final List<String> RULES =
      List.of(UNIFORM, "window", "rise", "curve", "prob", "random", "shuffled", "top-entropy");

  /// All of them, the control first.
  static final List<String> EVERY =
      Stream.concat(RULES.stream(), Stream.of(REJECTION, ALL, UNTRAINED)).toList();

  /// Enough to try the study.
  static final List<String> FEW = List.of(UNIFORM, "window", "random", REJECTION, UNTRAINED);

  private WeightsArms() {}

  /// What each is, for tables.
  static List<Arm> about(List<String> arms) {
    return arms.stream().map(arm -> new Arm(arm, about(arm))).toList();
  }

  private static String about(String arm) {
    return switch (arm) {
      case UNTRAINED -> "the model as it is";
      case REJECTION ->
          "control: plain rejection sampling: 1 for each token, of other correct responses to the"
              + " same problems, each read once";
      case ALL -> "control: 1 for each token, of responses whether right or wrong";
      default -> Rules.named(arm).about();
    };
  }
}
