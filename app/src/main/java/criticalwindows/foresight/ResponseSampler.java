package criticalwindows.foresight;

import criticalwindows.model.Completion;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Sampled;
import criticalwindows.model.Sampling;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.noise.Rollout;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/// Samples responses of a model at temperature 1, and continuations of their beginnings.
final class ResponseSampler {
  /// What the question for the answer and its reply take behind a response, at most.
  private static final int FOLLOW_UP = 90;

  private final Model model;
  private final Prompter prompter;
  private final SplittableRandom random;
  private int responses;
  private int outside;
  private int continuations;
  private int unread;

  /// @param seed of everything that is drawn, in the order in which it is asked for
  ResponseSampler(Model model, long seed) {
    this.model = model;
    prompter = new Prompter(model, PromptSet.standard());
    random = new SplittableRandom(seed);
  }

  /// Responses that the program could have written, cut. One more than wanted is drawn of each
  /// problem, and a problem of which too few can be used has fewer.
  ///
  /// @param each responses of a problem
  List<CutResponse> responses(List<ChoiceProblem> problems, int each, CutResponse.Cuts cuts)
      throws InterruptedException {
    List<Script> scripts = new ArrayList<>();
    for (ChoiceProblem problem : problems) {
      Tokens prompt = prompter.reasoning(problem.problem());
      for (int i = 0; i <= each; i++) {
        scripts.add(script(prompt, FOLLOW_UP));
      }
    }
    List<Completion> completions = Models.run(model, scripts);
    List<CutResponse> used = new ArrayList<>();
    for (int p = 0; p < problems.size(); p++) {
      int before = used.size();
      for (int i = p * (each + 1); i < (p + 1) * (each + 1) && used.size() < before + each; i++) {
        Tokens prompt = scripts.get(i).start();
        Sampled written = completions.get(i).last();
        responses++;
        if (written.finish() == FinishReason.STOP
            && problems.get(p).writes(model.vocabulary().decode(written.tokens()))) {
          used.add(cut(problems.get(p), Rollout.of(prompt, written.tokens()), cuts));
        } else {
          outside++;
        }
      }
    }
    return used;
  }

  private CutResponse cut(ChoiceProblem problem, Rollout response, CutResponse.Cuts cuts) {
    Tokens tokens = response.response();
    List<Prefix> prefixes = new ArrayList<>();
    for (int kept : cuts.of(tokens.size(), random)) {
      String text = model.vocabulary().decode(tokens.prefix(kept));
      double share = (double) kept / tokens.size();
      prefixes.add(new Prefix(problem, response.noised(kept), kept, share, text));
    }
    return new CutResponse(problem, prefixes);
  }

  /// Each problem before anything is written.
  List<Prefix> prompts(List<ChoiceProblem> problems) {
    return problems.stream()
        .map(each -> new Prefix(each, prompter.reasoning(each.problem()), 0, 0, ""))
        .toList();
  }

  /// What so many continuations of each prefix come to. Those that come to no option are left out.
  /// A whole response is not gone on with: all its continuations come to what it says.
  List<AnswerCounts> counts(List<Prefix> prefixes, int each) throws InterruptedException {
    List<Script> scripts = new ArrayList<>();
    for (Prefix prefix : prefixes) {
      for (int i = 0; i < each && !prefix.whole(); i++) {
        scripts.add(script(prefix.start(), 0));
      }
    }
    List<Completion> completions = Models.run(model, scripts);
    List<AnswerCounts> counts = new ArrayList<>();
    int next = 0;
    for (Prefix prefix : prefixes) {
      double[] found = new double[prefix.problem().options()];
      if (prefix.whole()) {
        found[prefix.problem().read(prefix.text()).orElseThrow()] = each;
      } else {
        for (int i = 0; i < each; i++) {
          read(prefix, completions.get(next++).last()).ifPresent(option -> found[option]++);
        }
      }
      counts.add(new AnswerCounts(java.util.Arrays.stream(found).boxed().toList()));
    }
    return counts;
  }

  private OptionalInt read(Prefix prefix, Sampled written) {
    String text = prefix.text() + model.vocabulary().decode(written.tokens());
    OptionalInt option =
        written.finish() == FinishReason.STOP ? prefix.problem().read(text) : OptionalInt.empty();
    continuations++;
    unread += option.isPresent() ? 0 : 1;
    return option;
  }

  private Script script(Tokens start, int besides) {
    int most = model.contextLength() - start.size() - besides;
    return new Script(start, List.of(Step.sample(Sampling.PLAIN, most)), random.nextLong());
  }

  /// Of all responses that were looked at, how many the program could not have written, in [0, 1].
  double outside() {
    return (double) outside / responses;
  }

  /// Of all continuations, how many came to no option, in [0, 1].
  double unread() {
    return (double) unread / continuations;
  }
}
