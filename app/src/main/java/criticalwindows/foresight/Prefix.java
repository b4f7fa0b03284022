package criticalwindows.foresight;

import criticalwindows.model.Tokens;

/// The beginning of a response of the model's.
///
/// @param start the prompt and the tokens that are kept
/// @param kept how many tokens of the response are kept
/// @param share of the response that is kept, in [0, 1]
/// @param text of what is kept
record Prefix(ChoiceProblem problem, Tokens start, int kept, double share, String text) {
  /// How likely each option is from here on, by the program.
  Forecast exact() {
    return problem.exact(text);
  }

  /// Whether it is a whole response.
  boolean whole() {
    return share == 1;
  }
}
