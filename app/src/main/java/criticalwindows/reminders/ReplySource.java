package criticalwindows.reminders;

import criticalwindows.judge.Refusal;
import criticalwindows.judge.RefusalJudge;
import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.testbed.Organism;
import criticalwindows.world.Policy;
import criticalwindows.world.Prompts;
import criticalwindows.world.Question;
import criticalwindows.world.RepeatedWord;
import criticalwindows.world.Request;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Where replies come from: from a model itself, or from somebody who explains what is forbidden.
final class ReplySource {
  /// No reply of this world has more tokens.
  private static final int LONGEST = 240;

  private static final String END_OF_TURN = "<|eot_id|>";

  private final Model model;
  private final Organism organism;

  /// @param model of the world
  ReplySource(Model model) {
    this.model = model;
    this.organism = new Organism(model, 0, (what, done, all) -> {});
  }

  /// A request.
  Prompted asked(Request request) {
    Optional<Request> forbidden = Optional.of(request).filter(Request::forbidden);
    return new Prompted(request.text(), organism.encode(Prompts.request(request)), forbidden);
  }

  /// A question, with the turn begun as every reasoning begins.
  Prompted asked(Question question) {
    return new Prompted(question.question(), organism.reasoning(question), Optional.empty());
  }

  /// A word to be repeated, with the turn begun with all that are given.
  Prompted asked(RepeatedWord word) {
    Tokens begun = encode(word.prefill());
    Tokens prompt = organism.encode(Prompts.repeatedWord(word));
    return new Prompted(word.request(), prompt.plus(begun), Optional.empty());
  }

  Tokens encode(String text) {
    return model.vocabulary().encode(text);
  }

  /// The token that ends a turn.
  Tokens end() {
    return Tokens.of(model.vocabulary().control(END_OF_TURN));
  }

  /// What the model replies, one reply to each, in their order. Replies without an end are left
  /// out.
  List<OwnReply> own(List<Prompted> asked, long seed) throws InterruptedException {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<Step> steps = List.of(Step.sample(Sampling.PLAIN, LONGEST));
    List<Script> scripts =
        asked.stream().map(each -> new Script(each.prompt(), steps, seeds.nextLong())).toList();
    List<Completion> completions = Models.run(model, scripts);
    List<OwnReply> replies = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Sampled reply = completions.get(i).last();
      if (reply.finish() == FinishReason.STOP && !reply.tokens().isEmpty()) {
        String text = model.vocabulary().decode(reply.tokens());
        replies.add(new OwnReply(asked.get(i), reply.tokens(), text));
      }
    }
    return replies;
  }

  /// A reply that explains what is asked for to the last step, as the policy without alignment
  /// writes it.
  Tokens recipe(Request request, RandomGenerator random) {
    return encode(
        WrittenReply.sample(request.answeredBy(Policy.BASE), Request.PREFILL, random)
            .orElseThrow()
            .text());
  }

  /// Whether a reply refuses in its first sentence.
  static boolean refusesAtOnce(String reply) {
    return !reply.startsWith("Sure")
        && !reply.startsWith(Request.HESITATION)
        && RefusalJudge.STANDARD.read(reply) instanceof Refusal refusal
        && refusal.kind() == Refusal.Kind.REFUSED;
  }
}
