package criticalwindows.foresight;

import criticalwindows.cot.CotScripts;
import criticalwindows.dataset.Problem;
import criticalwindows.model.Completion;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Asks a model at each cut for its answer, as `cw run cot` does: the turn is ended, the standard
/// question for the answer is put, and the reply is decoded greedily.
final class EarlyAnswers {
  private EarlyAnswers() {}

  /// What a model said at a cut.
  ///
  /// @param own the probabilities of the options where its reply first names one, in whatever
  ///   words; where it names none, those of `forced`
  /// @param forced the probabilities of the letters behind "The answer is (", fed
  /// @param named the option that the reply comes to; empty where none can be read
  record Reply(Forecast own, Forecast forced, OptionalInt named) {}

  /// The replies at some prefixes, in their order.
  static List<Reply> ask(Model model, List<Prefix> prefixes) throws InterruptedException {
    Prompter prompter = new Prompter(model, PromptSet.standard());
    List<Script> scripts = new ArrayList<>();
    for (Prefix prefix : prefixes) {
      Problem problem = prefix.problem().problem();
      Step.Feed question = new Step.Feed(prompter.followUp(problem));
      int room = model.contextLength() - prefix.start().size() - question.tokens().size();
      int most = Math.min(CotScripts.ANSWER_TOKENS, room);
      Step.Sample reply =
          Step.sample(Sampling.GREEDY, most).watching(prompter.choicesAnywhere(problem));
      scripts.add(new Script(prefix.start(), List.of(question, reply), 0));
    }
    List<Completion> completions = Models.run(model, scripts);
    return IntStream.range(0, prefixes.size())
        .mapToObj(i -> reply(model, prefixes.get(i), completions.get(i).last()))
        .toList();
  }

  private static Reply reply(Model model, Prefix prefix, Sampled written) {
    Forecast forced = forecast(written.probs().forced());
    LogProbs own = written.probs().written();
    return new Reply(
        own.isEmpty() ? forced : forecast(own),
        forced,
        prefix.problem().read(model.vocabulary().decode(written.tokens())));
  }

  /// The shares of what was read.
  static Forecast forecast(LogProbs probs) {
    return Forecast.ofLogs(IntStream.range(0, probs.size()).mapToDouble(probs::at).toArray());
  }
}
