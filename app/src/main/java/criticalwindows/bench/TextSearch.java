package criticalwindows.bench;

import criticalwindows.console.Console;
import criticalwindows.dataset.GivenText;
import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import criticalwindows.model.Message;
import criticalwindows.model.Model;
import criticalwindows.model.Tokens;
import criticalwindows.prompt.PromptSet;
import criticalwindows.scoring.Outcomes;
import criticalwindows.trace.Before;
import criticalwindows.trace.Sources;
import criticalwindows.trace.Trace;
import criticalwindows.trace.Tracing;
import criticalwindows.window.WindowFinding;
import criticalwindows.world.ExactCurve;
import criticalwindows.world.Question;
import criticalwindows.world.Worlds;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Adaptive searches on texts that a model of the world did not sample itself: the world's programs
/// wrote them, and they are given as plain text with a pattern as their outcome. Each has a step
/// whose place is known exactly.
final class TextSearch {
  /// How every text of the world ends, by the option or the number that it names.
  private static final String OUTCOME = "pattern:The answer is (\\([A-E]\\)|\\$[^$]+\\$)";

  /// The least rise of the steps that are asked for.
  static final double LEAST = .35;

  private TextSearch() {}

  /// A step at one token.
  ///
  /// @param rise of the exact curve at it
  /// @param at its middle, in tokens kept
  private record Step(double rise, double at) {}

  /// @param items texts whose largest step is at least [#LEAST]
  /// @param steps that step, by the item's id
  private record Given(List<Problem> items, Map<String, Step> steps) {}

  /// Searches so many texts.
  ///
  /// @param dataset the world or a part of it
  /// @param seed of the problems, the texts and every draw
  /// @throws criticalwindows.error.UserError if there is no such part, or it has too few problems
  static KnownSteps run(Console console, Model model, String dataset, int texts, long seed)
      throws InterruptedException {
    Given given = given(model, dataset, texts, seed);
    try (Outcomes outcomes = Outcomes.parse(List.of(OUTCOME))) {
      return new SearchedTexts(model, given.items(), model.contextLength(), seed)
          .run(
              console,
              outcomes.searched().scorer(),
              finding ->
                  WindowFinding.of(finding)
                      .map(
                          found ->
                              trial(
                                  Objects.requireNonNull(given.steps().get(finding.problem().id())),
                                  found)));
    }
  }

  private static KnownSteps.Trial trial(Step step, WindowFinding found) {
    return new KnownSteps.Trial(
        step.rise(), step.at(), found.claimed(), found.window().place(), found.rollouts());
  }

  /// One text for each problem, as long as there are too few of them.
  private static Given given(Model model, String dataset, int texts, long seed) {
    List<Problem> items = new ArrayList<>();
    Map<String, Step> steps = new HashMap<>();
    for (int size = 2 * texts; items.size() < texts; size *= 2) {
      items.clear();
      steps.clear();
      List<Question> questions = Worlds.read(dataset, size, seed).questions();
      for (int i = 0; i < size && items.size() < texts; i++) {
        Question question = questions.get(i);
        WrittenReply reply = WrittenReply.sample(question, new SplittableRandom(seed + i));
        Problem item = item(model, question.problem(dataset), reply.text());
        step(model, question, reply, item)
            .filter(step -> step.rise() >= LEAST)
            .ifPresent(
                step -> {
                  items.add(item);
                  steps.put(item.id(), step);
                });
      }
    }
    return new Given(items, steps);
  }

  private static Problem item(Model model, Problem asked, String text) {
    PromptSet prompts = PromptSet.standard();
    List<Message> turns =
        List.of(
            Message.system(prompts.system(asked)),
            Message.user(prompts.reason(asked)),
            Message.assistant(prompts.prefill()));
    Trace trace =
        new Trace(
            asked.id(),
            Optional.of(asked.id()),
            new Before.Turns(turns),
            new Sources.Text(text),
            FinishReason.STOP,
            Optional.empty());
    return Tracing.of(model, List.of(trace), "the world").items().getFirst();
  }

  /// The largest step of the exact curve over tokens.
  private static Optional<Step> step(
      Model model, Question question, WrittenReply reply, Problem item) {
    Tokens tokens = item.given().flatMap(GivenText::response).orElseThrow();
    List<Integer> ends =
        IntStream.rangeClosed(0, tokens.size())
            .mapToObj(kept -> model.vocabulary().decode(tokens.prefix(kept)).length())
            .toList();
    double[] exact = new double[reply.text().length() + 1];
    ExactCurve.of(question, reply.text(), reply.answer(), ends.stream().distinct().toList())
        .points()
        .forEach(point -> exact[point.kept()] = point.probability());
    Optional<Step> largest = Optional.empty();
    for (int kept = 1; kept <= tokens.size(); kept++) {
      double rise = exact[ends.get(kept)] - exact[ends.get(kept - 1)];
      if (rise > largest.map(Step::rise).orElse(0.0)) {
        largest = Optional.of(new Step(rise, kept - .5));
      }
    }
    return largest;
  }
}
