package criticalwindows.weighting;

import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.model.Model;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Said;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import criticalwindows.rollout.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A response that a model wrote to a problem, at temperature 1, and the answer that it states
/// itself.
///
/// @param prompt that it answers
/// @param written with what was predicted at each token
/// @param answer unread where it states none, or never came to its end
record OwnResponse(Problem problem, Tokens prompt, Sampled written, Outcome answer) {
  /// Longer than any text of the world: what is longer goes round in circles.
  static final int MOST_TOKENS = 300;

  /// Which are sampled.
  ///
  /// @param from index of the first response to each problem, from 0
  /// @param to index behind the last one
  /// @param seed with the problem and the index it is the seed of a response
  record Draw(List<Problem> problems, int from, int to, long seed) {
    Draw {
      problems = List.copyOf(problems);
    }
  }

  /// Samples responses.
  ///
  /// @return for each problem its responses by their index
  static List<List<OwnResponse>> sample(Model model, Draw draw) throws InterruptedException {
    Prompter prompter = new Prompter(model, PromptSet.standard());
    List<Script> scripts = new ArrayList<>();
    for (Problem problem : draw.problems) {
      for (int index = draw.from; index < draw.to; index++) {
        scripts.add(script(prompter.reasoning(problem), problem, index, draw.seed));
      }
    }
    Sampled[] written = new Sampled[scripts.size()];
    model.run(scripts, (index, completion) -> written[index] = completion.last());
    int each = draw.to - draw.from;
    List<List<OwnResponse>> responses = new ArrayList<>();
    for (int i = 0; i < draw.problems.size(); i++) {
      List<OwnResponse> some = new ArrayList<>();
      for (int j = i * each; j < (i + 1) * each; j++) {
        some.add(of(model, draw.problems.get(i), scripts.get(j).start(), written[j]));
      }
      responses.add(some);
    }
    return responses;
  }

  private static Script script(Tokens prompt, Problem problem, int index, long seed) {
    Step step = Step.sample(Sampling.PLAIN, MOST_TOKENS).withPredictions();
    return new Script(prompt, List.of(step), Key.text(problem.id(), index).seed(seed));
  }

  private static OwnResponse of(Model model, Problem problem, Tokens prompt, Sampled written) {
    String text = model.vocabulary().decode(written.tokens());
    Said said = Said.response(written.finish(), text);
    return new OwnResponse(problem, prompt, written, Grader.STANDARD.of(problem, said));
  }

  /// Whether its answer is the right one.
  boolean right() {
    return Grader.STANDARD.gold(problem).same(answer);
  }

  /// Its ids, without the stop token.
  Tokens tokens() {
    return written.tokens();
  }

  /// The prompt and the response.
  Tokens whole() {
    return prompt.plus(tokens());
  }

  /// The problem with this as the response that is given.
  Problem given() {
    return new Problem(
        problem.id(),
        problem.dataset(),
        problem.task(),
        problem.question(),
        problem.choices(),
        problem.answer(),
        Optional.of(new GivenText(prompt, Optional.of(tokens()), written.finish())));
  }
}
