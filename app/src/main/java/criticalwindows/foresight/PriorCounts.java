package criticalwindows.foresight;

import criticalwindows.model.Model;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// How often the options of held-out problems come out before anything is written.
///
/// @param byProblem by the problem's id
record PriorCounts(Map<String, AnswerCounts> byProblem) {
  PriorCounts {
    byProblem = Map.copyOf(byProblem);
  }

  /// Samples responses to each problem.
  ///
  /// @param each so many of them
  static PriorCounts sample(Model model, List<ChoiceProblem> problems, int each)
      throws InterruptedException {
    ResponseSampler sampler = new ResponseSampler(model, ForesightData.HELD_OUT);
    List<AnswerCounts> counts = sampler.counts(sampler.prompts(problems), each);
    Map<String, AnswerCounts> byProblem = new HashMap<>();
    for (int i = 0; i < problems.size(); i++) {
      byProblem.put(problems.get(i).id(), counts.get(i));
    }
    return new PriorCounts(byProblem);
  }

  /// The shares, with one more response that is parted evenly.
  Forecast of(ChoiceProblem problem) {
    return Objects.requireNonNull(byProblem.get(problem.id())).smoothed();
  }
}
