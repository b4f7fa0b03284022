package criticalwindows.reference;

import criticalwindows.error.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What is held against the exact log-probability of a class: the log-probability that one
/// reference gives a text, less that of another.
enum Contrast {
  /// Two references that are trained alike, on other texts: what chance alone gives.
  NULL("all / all", Contrast.AGAIN, Contrast.ALL),
  /// On texts of the class, less on all texts.
  ONE_ALL("one / all", Contrast.ONE, Contrast.ALL),
  /// On texts of the class, less the model as it was.
  ONE_UNTRAINED("one / untrained", Contrast.ONE, Contrast.UNTRAINED),
  /// On texts of the class, less on the texts that are not of it.
  ONE_OTHER("one / other", Contrast.ONE, Contrast.OTHER),
  /// The model before it was aligned, less the aligned one.
  UNALIGNED_ALIGNED("unaligned / aligned", Contrast.UNALIGNED, Contrast.UNTRAINED),
  /// What the model itself gives the text.
  LIKELIHOOD("log-likelihood", Contrast.UNTRAINED, ""),
  /// What Bayes' rule gives, by the exact probabilities.
  EXACT("exact", "", "");

  /// References by name.
  static final String ALL = "all";

  static final String AGAIN = "all again";
  static final String ONE = "one";
  static final String OTHER = "other";
  static final String UNTRAINED = "untrained";
  static final String UNALIGNED = "unaligned";

  private final String arm;
  private final String up;
  private final String down;

  Contrast(String arm, String up, String down) {
    this.arm = arm;
    this.up = up;
    this.down = down;
  }

  static List<String> arms() {
    return Arrays.stream(values()).map(contrast -> contrast.arm).toList();
  }

  static Contrast named(String arm) {
    return Arrays.stream(values())
        .filter(contrast -> contrast.arm.equals(arm))
        .findFirst()
        .orElseThrow(() -> UserError.unknown("contrast", arm, arms()));
  }

  /// As tables have it.
  String arm() {
    return arm;
  }

  /// The reference that is added; empty for [#EXACT].
  String up() {
    return up;
  }

  /// The reference that is taken off; empty where there is none.
  String down() {
    return down;
  }

  /// The references that are trained for it.
  List<String> references() {
    return Stream.of(up, down)
        .filter(name -> List.of(ALL, AGAIN, ONE, OTHER).contains(name))
        .toList();
  }

  /// Whether it is measured on texts of a topic.
  boolean of(Topic topic) {
    return topic == Topic.REPLIES || (this != UNALIGNED_ALIGNED);
  }
}
