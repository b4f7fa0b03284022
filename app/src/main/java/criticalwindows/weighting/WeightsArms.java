package criticalwindows.weighting;

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

  /// Behind the name of an arm that learns at a higher rate.
  private static final String HIGH = " high";

  /// Those that are trained at a higher rate too: what is best for one is not for another.
  static final List<String> FAST =
      Stream.of(UNIFORM, "window", REJECTION).map(WeightsArms::fast).toList();

  /// All of them, the control first.
  static final List<String> EVERY =
      Stream.of(RULES.stream(), Stream.of(REJECTION, ALL), FAST.stream(), Stream.of(UNTRAINED))
          .flatMap(arms -> arms)
          .toList();

  /// Enough to try the study.
  static final List<String> FEW = List.of(UNIFORM, "window", REJECTION, UNTRAINED);

  private WeightsArms() {}

  /// The same at the higher rate.
  static String fast(String arm) {
    return arm + HIGH;
  }

  /// Whether an arm learns at the higher rate.
  static boolean isFast(String arm) {
    return arm.endsWith(HIGH);
  }

  /// What an arm learns from, whatever the rate: the name of its rule, [#REJECTION] or [#ALL].
  static String lessons(String arm) {
    return isFast(arm) ? arm.substring(0, arm.length() - HIGH.length()) : arm;
  }

  /// What each is, for tables.
  static List<Arm> about(List<String> arms) {
    return arms.stream().map(arm -> new Arm(arm, about(arm))).toList();
  }

  private static String about(String arm) {
    if (isFast(arm)) {
      return "`" + lessons(arm) + "` at the higher rate";
    }
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
