package criticalwindows.foresight;

import criticalwindows.finetune.Example;
import criticalwindows.finetune.Objective;
import criticalwindows.model.Completion;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A question for the answer that is put at a cut, and replies to it, one for each option: how
/// likely each reply is, is the forecast.
interface AnswerQuestion {
  /// What stands between a prefix and the replies.
  Tokens asked(ChoiceProblem problem);

  /// The replies, one for each option in their order, none the beginning of another.
  List<Tokens> replies(ChoiceProblem problem);

  /// By what it is learnt: the likelihood of counts.
  Objective objective();

  /// The highest learning rate.
  double rate();

  /// A prefix to learn from.
  List<Example> examples(Prefix prefix, AnswerCounts counts);

  /// What a model says at some prefixes.
  ///
  /// @param forecasts in the order of the prefixes
  /// @param covered the mean probability of all replies together, in [0, 1]
  record Answers(List<Forecast> forecasts, double covered) {
    public Answers {
      forecasts = List.copyOf(forecasts);
    }
  }

  /// Asks a model.
  default Answers ask(Model model, List<Prefix> prefixes) throws InterruptedException {
    List<Script> scripts = new ArrayList<>();
    for (Prefix prefix : prefixes) {
      Step.Feed question = new Step.Feed(asked(prefix.problem()));
      Step.Score replies = new Step.Score(replies(prefix.problem()));
      scripts.add(new Script(prefix.start(), List.of(question, replies), 0));
    }
    List<Forecast> forecasts = new ArrayList<>();
    double covered = 0;
    for (Completion completion : Models.run(model, scripts)) {
      LogProbs probs = Scored.sums(completion.scores().getFirst());
      forecasts.add(EarlyAnswers.forecast(probs));
      covered +=
          IntStream.range(0, probs.size()).mapToDouble(i -> StrictMath.exp(probs.at(i))).sum();
    }
    return new Answers(forecasts, covered / prefixes.size());
  }
}
