package criticalwindows.hub;

import criticalwindows.dataset.Dataset;

/// The problems the built-in model was made for: word problems, choices of method, orderings and
/// invented facts, in turn, so that the first few are of every kind.
final class BuiltInProblems {
  private static final String CARD =
      "154 problems of four families for the built-in model, from the program that wrote its"
          + " training text; Apache-2.0";

  private BuiltInProblems() {}

  static Dataset dataset() {
    return new ProblemFile("the built-in problems", Datasets.BUILT_IN)
        .read(Resources.text("problems.jsonl"), CARD);
  }
}
