package criticalwindows.probestudy;

import criticalwindows.dataset.Problem;
import criticalwindows.world.Question;
import criticalwindows.world.WorldSet;
import criticalwindows.world.Worlds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Problems of the world with options, and the programs that write their responses.
///
/// @param questions the programs, by the problems' ids
record ChoiceProblems(List<Problem> problems, Map<String, Question> questions) {
  private static final List<String> FAMILIES =
      List.of("world:arithmetic", "world:method", "world:ordering", "world:syllogism");

  /// Problems of four families, as many of each.
  ///
  /// @param size how many, a multiple of the number of families
  static ChoiceProblems draw(int size, long seed) {
    int each = size / FAMILIES.size();
    List<Problem> problems = new ArrayList<>();
    Map<String, Question> questions = new LinkedHashMap<>();
    for (String family : FAMILIES) {
      // Half the problems of some families have no options.
      WorldSet set = Worlds.read(family, 3 * each + 20, seed);
      int before = problems.size();
      for (int i = 0; i < set.questions().size() && problems.size() < before + each; i++) {
        Problem problem = set.dataset().problems().get(i);
        if (!problem.choices().isEmpty() && !questions.containsKey(problem.id())) {
          problems.add(problem);
          questions.put(problem.id(), set.questions().get(i));
        }
      }
    }
    return new ChoiceProblems(problems, questions);
  }
}
