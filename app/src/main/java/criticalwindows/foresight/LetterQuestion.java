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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A short question in a turn of the user's, answered by one letter.
///
/// @param asked the end of the turn, the question, and the header of the reply
/// @param letters a token for each option
record LetterQuestion(Tokens asked, Tokens letters) implements AnswerQuestion {
  /// What is asked.
  static final String WORDS = "How likely is each answer?";

  static final double RATE = 1e-3;

  private static final int MOST_OPTIONS = 5;

  /// The question for a model.
  ///
  /// @param any a problem with options; the question is the same for all of them
  static LetterQuestion of(Model model, ChoiceProblem any) {
    PromptSet standard = PromptSet.standard();
    Map<String, String> sections = new HashMap<>(standard.sections());
    sections.put("ask.choice", WORDS);
    PromptSet prompts = new PromptSet("foresight", standard.source() + WORDS, sections);
    int[] letters =
        IntStream.range(0, MOST_OPTIONS)
            .map(i -> model.vocabulary().encode(String.valueOf((char) ('A' + i))).at(0))
            .toArray();
    return new LetterQuestion(
        new Prompter(model, prompts).followUp(any.problem()), Tokens.of(letters));
  }

  @Override
  public Tokens asked(ChoiceProblem problem) {
    return asked;
  }

  @Override
  public List<Tokens> replies(ChoiceProblem problem) {
    return letters.prefix(problem.options()).stream().mapToObj(id -> Tokens.of(id)).toList();
  }

  @Override
  public Objective objective() {
    return Objectives.usual(Example.Kind.COUNTED, Objectives.Numbers.STANDARD);
  }

  @Override
  public double rate() {
    return RATE;
  }

  @Override
  public List<Example> examples(Prefix prefix, AnswerCounts counts) {
    Tokens ids = prefix.start().plus(asked);
    int options = prefix.problem().options();
    Targets targets =
        new Targets(
            IntStream.range(0, options).map(i -> ids.size() - 1).toArray(),
            letters.prefix(options).toArray(),
            counts.of().stream().mapToDouble(count -> count).toArray());
    return List.of(
        new Example(
            prefix.problem().id() + " at " + prefix.kept(),
            prefix.problem().id(),
            Example.Kind.COUNTED,
            List.of(new Passage(ids, targets))));
  }
}
