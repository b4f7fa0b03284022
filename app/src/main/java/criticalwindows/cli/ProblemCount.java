package criticalwindows.cli;

import criticalwindows.error.UserError;
import java.util.Optional;

/// A number of problems as it is given on the command line.
final class ProblemCount {
  private ProblemCount() {}

  /// The number; more than any run has for `all`.
  static Optional<Integer> parse(Optional<String> given) {
    return given.map(ProblemCount::parse);
  }

  private static int parse(String given) {
    if (given.equals("all")) {
      return Integer.MAX_VALUE;
    }
    try {
      int number = Integer.parseInt(given);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw failure(given, e);
    }
    throw failure(given, new IllegalArgumentException(given));
  }

  private static UserError failure(String given, RuntimeException cause) {
    return new UserError("--problems " + given, "give a number, or all", cause);
  }
}
