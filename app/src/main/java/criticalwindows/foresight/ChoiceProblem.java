package criticalwindows.foresight;

import criticalwindows.dataset.Problem;
import criticalwindows.grade.Grader;
import criticalwindows.world.Posterior;
import criticalwindows.world.Question;
import criticalwindows.world.WorldSet;
import criticalwindows.world.Worlds;
import criticalwindows.world.WrittenReply;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/// A problem with options, and the program that knows how likely each of them is at any prefix.
record ChoiceProblem(Problem problem, Question question) {
  private static final List<String> FAMILIES =
      List.of("world:arithmetic", "world:method", "world:ordering", "world:syllogism");

  ChoiceProblem {
    if (problem.choices().size() < 2) {
      throw new IllegalArgumentException("a problem without options: " + problem.question());
    }
  }

  /// Problems of four families in turn.
  ///
  /// @param size how many, a multiple of the number of families
  /// @param without questions that are left out
  static List<ChoiceProblem> draw(int size, long seed, Set<String> without) {
    List<List<ChoiceProblem>> families = new ArrayList<>();
    int each = size / FAMILIES.size();
    for (String name : FAMILIES) {
      families.add(family(name, each, seed, without));
    }
    List<ChoiceProblem> problems = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (List<ChoiceProblem> family : families) {
        problems.add(family.get(i));
      }
    }
    return problems;
  }

  /// Half the problems of some families have no options, and are passed over.
  private static List<ChoiceProblem> family(String name, int size, long seed, Set<String> without) {
    WorldSet set = Worlds.read(name, 3 * size + 20, seed);
    List<ChoiceProblem> problems = new ArrayList<>();
    for (int i = 0; i < set.questions().size(); i++) {
      Problem problem = set.dataset().problems().get(i);
      if (!problem.choices().isEmpty() && !without.contains(problem.question())) {
        problems.add(new ChoiceProblem(problem, set.questions().get(i)));
      }
    }
    return problems.subList(0, size);
  }

  String id() {
    return problem.id();
  }

  int options() {
    return problem.choices().size();
  }

  /// The place of the right option.
  int right() {
    return question.answerNaming(question.truth()).charAt(1) - 'A';
  }

  /// How likely each option is once the response begins with this text.
  ///
  /// @throws IllegalArgumentException if the program never writes such a text
  Forecast exact(String text) {
    Posterior posterior = Posterior.of(question, text);
    if (!posterior.inSupport()) {
      throw new IllegalArgumentException("the program never writes \"" + text + "\"");
    }
    double[] probabilities = new double[options()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = posterior.probability("(" + (char) ('A' + i) + ")");
    }
    return Forecast.of(probabilities);
  }

  /// Whether the program writes this response, to its end.
  boolean writes(String response) {
    return WrittenReply.read(question, response).isPresent();
  }

  /// The option that a finished response or a reply comes to; empty where none can be read.
  OptionalInt read(String text) {
    return Grader.STANDARD.read(problem, text).answer().among(problem);
  }
}
