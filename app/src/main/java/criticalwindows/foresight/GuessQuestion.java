package criticalwindows.foresight;

import criticalwindows.finetune.Example;
import criticalwindows.finetune.Objective;
import criticalwindows.finetune.Objectives;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// The standard question for the answer, and replies that name an option in its own words, as this
/// model's early answers begin: "The best guess is 44."
///
/// @param wordings of all problems that are asked about, by their ids
record GuessQuestion(Map<String, Wording> wordings) implements AnswerQuestion {
  static final double RATE = 1e-4;

  private static final String BEGUN = "The best guess is ";

  GuessQuestion {
    wordings = Map.copyOf(wordings);
  }

  /// What is asked, and how each option is named.
  ///
  /// @param asked up to where the replies part
  /// @param replies from there to the end of the sentence
  record Wording(Tokens asked, List<Tokens> replies) {
    Wording {
      replies = List.copyOf(replies);
    }
  }

  /// The question about some problems.
  static GuessQuestion of(Model model, List<ChoiceProblem> problems) {
    Prompter prompter = new Prompter(model, PromptSet.standard());
    Map<String, Wording> wordings = new HashMap<>();
    for (ChoiceProblem problem : problems) {
      List<Tokens> whole =
          problem.problem().choices().stream()
              .map(choice -> model.vocabulary().encode(BEGUN + choice.text() + "."))
              .toList();
      int same =
          whole.stream()
              .skip(1)
              .mapToInt(reply -> whole.getFirst().commonPrefix(reply))
              .min()
              .orElseThrow();
      wordings.put(
          problem.id(),
          new Wording(
              prompter.followUp(problem.problem()).plus(whole.getFirst().prefix(same)),
              whole.stream().map(reply -> reply.slice(same, reply.size())).toList()));
    }
    return new GuessQuestion(wordings);
  }

  private Wording wording(ChoiceProblem problem) {
    return Objects.requireNonNull(wordings.get(problem.id()));
  }

  @Override
  public Tokens asked(ChoiceProblem problem) {
    return wording(problem).asked();
  }

  @Override
  public List<Tokens> replies(ChoiceProblem problem) {
    return wording(problem).replies();
  }

  @Override
  public Objective objective() {
    return Objectives.usual(Example.Kind.WEIGHTED, Objectives.Numbers.STANDARD);
  }

  @Override
  public double rate() {
    return RATE;
  }

  /// One example for each option that came out, each token of which counts as often as it did:
  /// their sum is the multinomial likelihood of the counts.
  @Override
  public List<Example> examples(Prefix prefix, AnswerCounts counts) {
    Tokens before = prefix.start().plus(asked(prefix.problem()));
    List<Tokens> replies = replies(prefix.problem());
    List<Example> examples = new ArrayList<>();
    for (int option = 0; option < replies.size(); option++) {
      if (counts.of(option) > 0) {
        Tokens reply = replies.get(option);
        double count = counts.of(option);
        Targets targets =
            new Targets(
                IntStream.range(0, reply.size()).map(i -> before.size() - 1 + i).toArray(),
                reply.toArray(),
                IntStream.range(0, reply.size()).mapToDouble(i -> count).toArray());
        examples.add(
            new Example(
                prefix.problem().id() + " at " + prefix.kept(),
                prefix.problem().id(),
                Example.Kind.WEIGHTED,
                List.of(new Passage(before.plus(reply.prefix(reply.size() - 1)), targets))));
      }
    }
    return examples;
  }
}
