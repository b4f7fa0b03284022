package criticalwindows.figure;

import java.util.Locale;

/// A column of a figure's numbers, and what it means.
public enum FigureColumn {
  /// Which data set.
  DATASET("the data set, or the file of texts"),
  /// Which run.
  RUN("the run's folder"),
  /// Which problem.
  PROBLEM("the problem's id"),
  /// Which curve.
  SERIES("which curve it is, as the figure's legend names it"),
  /// Where.
  FRACTION("of the response kept, in [0, 1]; at 1 the response has ended, and nothing is sampled"),
  /// How much was given.
  DEPTH("how much was given: tokens of a response, or how often a word"),
  /// Which family of texts.
  FAMILY("the family of texts, such as one of attacks"),
  /// Of benign texts.
  FALSE_POSITIVES("the share of benign texts that may be flagged, in [0, 1]"),
  /// A difference of log-probabilities.
  NATS("a difference of log-probabilities, in nats"),
  /// How far a training was.
  STEP("after how many steps of training"),
  /// The loss.
  LOSS("what training makes small: of a step's batch, or of held-out items, each the same"),
  /// Which group of bars.
  GROUP("what bars that stand together have in common; empty where there is one group"),
  /// Which bar.
  BAR("which bar of the group it is"),
  /// Successes.
  K("how many came to it"),
  /// Trials.
  N("of how many: continuations, or problems in a figure of bars"),
  /// Clusters.
  PROBLEMS("how many problems the mean is over, each counting the same"),
  /// The estimate.
  SHARE("the share that is drawn: k of n, or the mean over problems"),
  /// Where on the horizontal axis.
  X("where on the horizontal axis, in the unit that the figure names"),
  /// How high.
  VALUE("what is drawn, in the unit that the figure names"),
  /// The interval's lower end.
  LOW("its 95 % interval, from"),
  /// The interval's upper end.
  HIGH("to");

  private final String meaning;

  FigureColumn(String meaning) {
    this.meaning = meaning;
  }

  /// As the head of the column has it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// In a few words.
  public String meaning() {
    return meaning;
  }
}
