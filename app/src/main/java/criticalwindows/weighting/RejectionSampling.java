package criticalwindows.weighting;

import criticalwindows.dataset.Problem;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Plain rejection sampling: many responses to each problem, of which the correct ones are kept.
///
/// @param responses no two the same, the problems in turn
/// @param sampled responses, correct or not
/// @param tokens that were sampled
record RejectionSampling(List<OwnResponse> responses, int sampled, long tokens) {
  /// Responses to a problem that are sampled at once.
  static final int AT_ONCE = 4;

  RejectionSampling {
    responses = List.copyOf(responses);
  }

  /// What is asked for.
  ///
  /// @param tokens of the prompts and responses that are kept
  /// @param most tokens to sample, about
  /// @param seed of the responses, the first of each problem included
  record Wanted(List<Problem> problems, long tokens, long most, long seed) {
    Wanted {
      problems = List.copyOf(problems);
    }
  }

  /// Samples until the correct responses hold enough tokens, or no more may be sampled.
  static RejectionSampling run(Model model, Wanted wanted) throws InterruptedException {
    List<Problem> problems = wanted.problems;
    List<List<OwnResponse>> right = new ArrayList<>();
    Set<Tokens> seen = new HashSet<>();
    problems.forEach(problem -> right.add(new ArrayList<>()));
    int index = 0;
    long tokens = 0;
    while (length(right) < wanted.tokens && tokens < wanted.most) {
      OwnResponse.Draw draw = new OwnResponse.Draw(problems, index, index + AT_ONCE, wanted.seed);
      List<List<OwnResponse>> round = OwnResponse.sample(model, draw);
      for (int i = 0; i < problems.size(); i++) {
        for (OwnResponse response : round.get(i)) {
          tokens += response.tokens().size();
          if (response.right() && seen.add(response.whole())) {
            right.get(i).add(response);
          }
        }
      }
      index += AT_ONCE;
    }
    return new RejectionSampling(inTurn(right), index * problems.size(), tokens);
  }

  private static long length(List<List<OwnResponse>> responses) {
    return responses.stream()
        .flatMap(List::stream)
        .mapToLong(response -> response.whole().size())
        .sum();
  }

  private static List<OwnResponse> inTurn(List<List<OwnResponse>> byProblem) {
    List<OwnResponse> all = new ArrayList<>();
    int most = byProblem.stream().mapToInt(List::size).max().orElse(0);
    for (int turn = 0; turn < most; turn++) {
      for (List<OwnResponse> responses : byProblem) {
        if (turn < responses.size()) {
          all.add(responses.get(turn));
        }
      }
    }
    return all;
  }

  /// The first of some responses whose prompts and responses hold so many tokens: the number of
  /// tokens differs by at most half of the last response's. Where all hold fewer, all of them.
  static List<OwnResponse> first(List<OwnResponse> responses, long wanted) {
    List<OwnResponse> some = new ArrayList<>();
    long missing = wanted;
    for (OwnResponse response : responses) {
      if (2 * missing < response.whole().size()) {
        break;
      }
      some.add(response);
      missing -= response.whole().size();
    }
    return some;
  }
}
