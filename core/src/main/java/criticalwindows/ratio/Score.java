package criticalwindows.ratio;

import criticalwindows.model.LogProbs;

/// A number that is to tell texts in which a refusal was got around from benign ones. Each is made
/// so that more of it means suspicion; none is turned round after it was seen.
public interface Score {
  /// Short, as on the command line and in tables.
  String name();

  /// What it is, for people.
  String about();

  /// Of a text whose response goes so far. Each score is defined with no token of the response.
  ///
  /// @param kept tokens of the response, in [0, length]
  double of(TextScores text, int kept);

  /// Of a whole text.
  default double of(TextScores text) {
    return of(text, text.length());
  }

  /// Whether it changes with the response, so that a monitor can go by it.
  boolean byToken();

  /// The mean per token; 0 of none.
  static double mean(double sum, int tokens) {
    return tokens == 0 ? 0 : sum / tokens;
  }

  /// The same of all these.
  static double mean(LogProbs logProbs) {
    return mean(logProbs.sum(), logProbs.size());
  }
}
