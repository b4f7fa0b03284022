package criticalwindows.study;

import criticalwindows.finetune.Example;
import criticalwindows.finetune.Passage;
import criticalwindows.finetune.Targets;
import criticalwindows.model.Completion;
import criticalwindows.model.Model;
import criticalwindows.model.Models;
import criticalwindows.model.Scored;
import criticalwindows.model.Script;
import criticalwindows.model.Step;
import criticalwindows.model.Tokens;
import criticalwindows.prompt.PromptSet;
import criticalwindows.prompt.Prompter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A short question that is put at a cut, in a turn of the user's, and answered by one letter: the
/// probabilities of the letters are the forecast.
///
/// @param asked the end of the turn, the question, and the header of the reply
/// @param letters a token for each option
record LetterQuestion(Tokens asked, Tokens letters) {
  /// What is asked.
  static final String WORDS = "How likely is each answer?";

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

  /// A prefix to learn from.
  Example example(Prefix prefix, AnswerCounts counts) {
    Tokens ids = prefix.start().plus(asked);
    int options = prefix.problem().options();
    Targets targets =
        new Targets(
            IntStream.range(0, options).map(i -> ids.size() - 1).toArray(),
            letters.prefix(options).toArray(),
            counts.of().stream().mapToDouble(count -> count).toArray());
    return new Example(
        prefix.problem().id() + " at " + prefix.kept(),
        prefix.problem().id(),
        Example.Kind.COUNTED,
        List.of(new Passage(ids, targets)));
  }

  /// What a model says at some prefixes.
  ///
  /// @param forecasts in the order of the prefixes
  /// @param onLetters the mean probability that the reply begins with one of the letters, in [0, 1]
  record Answers(List<Forecast> forecasts, double onLetters) {}

  /// Asks a model.
  Answers ask(Model model, List<Prefix> prefixes) throws InterruptedException {
    List<Script> scripts = new ArrayList<>();
    for (Prefix prefix : prefixes) {
      List<Tokens> texts =
          letters.prefix(prefix.problem().options()).stream()
              .mapToObj(id -> Tokens.of(id))
              .toList();
      List<Step> steps = List.of(new Step.Feed(asked), new Step.Score(texts));
      scripts.add(new Script(prefix.start(), steps, 0));
    }
    Forecast[] forecasts = new Forecast[scripts.size()];
    double[] onLetters = new double[scripts.size()];
    List<Completion> completions = Models.run(model, scripts);
    for (int i = 0; i < forecasts.length; i++) {
      var probs = Scored.sums(completions.get(i).scores().getFirst());
      forecasts[i] = EarlyAnswers.forecast(probs);
      onLetters[i] =
          IntStream.range(0, probs.size()).mapToDouble(k -> StrictMath.exp(probs.at(k))).sum();
    }
    double mean = java.util.Arrays.stream(onLetters).average().orElseThrow();
    return new Answers(Collections.unmodifiableList(java.util.Arrays.asList(forecasts)), mean);
  }
}
