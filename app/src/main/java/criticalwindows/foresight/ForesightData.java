package criticalwindows.foresight;

import criticalwindows.model.Model;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the arms of one repetition share: responses to learn from, responses to measure on, and how
/// their continuations came out.
///
/// @param training cut responses to training problems
/// @param counts of each prefix of `training`
/// @param test cut responses to held-out problems
/// @param checked counts of some prefixes of `test`, by their place among all of them
/// @param outside of the responses that were drawn, how many the world could not have written
/// @param unread of the continuations, how many came to no option
record ForesightData(
    List<CutResponse> training,
    List<AnswerCounts> counts,
    List<CutResponse> test,
    Map<Integer, AnswerCounts> checked,
    double outside,
    double unread) {
  /// Of the problems that are measured, the same in every repetition.
  static final long HELD_OUT = 2601;

  /// Draws it all.
  ///
  /// @param heldOut problems that are measured
  static ForesightData sample(
      Model model, ForesightPlan plan, List<ChoiceProblem> heldOut, long seed)
      throws InterruptedException {
    Set<String> questions =
        heldOut.stream().map(each -> each.problem().question()).collect(Collectors.toSet());
    List<ChoiceProblem> problems = ChoiceProblem.draw(plan.problems(), seed, questions);
    ResponseSampler sampler = new ResponseSampler(model, seed);
    List<CutResponse> training =
        sampler.responses(problems, 1, CutResponse.Cuts.inParts(plan.parts()));
    List<AnswerCounts> counts = sampler.counts(prefixes(training), plan.rollouts());
    List<CutResponse> test =
        sampler.responses(heldOut, plan.responses(), CutResponse.Cuts.every(plan.step()));
    Map<Integer, AnswerCounts> checked = checked(sampler, test, plan.checked());
    return new ForesightData(training, counts, test, checked, sampler.outside(), sampler.unread());
  }

  static List<Prefix> prefixes(List<CutResponse> responses) {
    return responses.stream().flatMap(response -> response.prefixes().stream()).toList();
  }

  /// Every second cut of the first response to each problem.
  private static Map<Integer, AnswerCounts> checked(
      ResponseSampler sampler, List<CutResponse> test, int each) throws InterruptedException {
    List<Integer> places = new ArrayList<>();
    List<Prefix> chosen = new ArrayList<>();
    int from = 0;
    String last = "";
    for (CutResponse response : test) {
      for (int i = 0; i < response.cut().size() && !last.equals(response.problem().id()); i += 2) {
        places.add(from + i);
        chosen.add(response.prefixes().get(i));
      }
      last = response.problem().id();
      from += response.prefixes().size();
    }
    List<AnswerCounts> counts = sampler.counts(chosen, each);
    Map<Integer, AnswerCounts> checked = new HashMap<>();
    for (int i = 0; i < places.size(); i++) {
      if (counts.get(i).total() > 1) {
        checked.put(places.get(i), counts.get(i));
      }
    }
    return checked;
  }
}
