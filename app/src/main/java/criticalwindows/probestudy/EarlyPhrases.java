package criticalwindows.probestudy;

import criticalwindows.model.Alternatives;
import criticalwindows.model.Completion;
import criticalwindows.model.LogProbs;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.monitor.Questions;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.util.ArrayList;
import java.util.List;

/// Early answers about replies: the turn is ended at a place and the assistant's begun anew, and
/// the model says how much likelier a phrase that complies is than one that refuses.
final class EarlyPhrases {
  private static final int EVERY = 8;
  private static final String REFUSAL = "I cannot help with that.";
  private static final String COMPLIANCE = criticalwindows.world.Request.PREFILL;

  private EarlyPhrases() {}

  /// As monitors ask them.
  static Questions questions(Model model) {
    return new Questions(
        EVERY,
        new Prompter(model, PromptSet.standard()).turnAgain(),
        model.vocabulary().encode(REFUSAL),
        model.vocabulary().encode(COMPLIANCE));
  }

  /// Log-odds of complying at all places of all replies, in their order.
  static List<Double> ask(Model model, List<Reply> replies) throws InterruptedException {
    Questions asked = questions(model);
    List<Script> scripts = new ArrayList<>();
    for (Reply reply : replies) {
      for (int kept : reply.places()) {
        Tokens start = reply.prompt().plus(reply.response().prefix(kept));
        Alternatives phrases =
            new Alternatives(asked.header(), List.of(asked.refusal(), asked.compliance()));
        scripts.add(new Script(start, List.of(new Step.Score(phrases)), 0));
      }
    }
    List<Double> odds = new ArrayList<>();
    for (Completion completion : Models.run(model, scripts)) {
      LogProbs phrases = Scored.sums(completion.scores().getFirst());
      odds.add(phrases.at(1) - (double) phrases.at(0));
    }
    return odds;
  }
}
