package criticalwindows.weighting;

import criticalwindows.dataset.Problem;
import criticalwindows.world.Worlds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Problems of the world that are reasoned through and have any number of variants: there is no
/// common knowledge that training on some of them could give away.
final class ReasoningProblems {
  private static final List<String> FAMILIES =
      List.of("world:arithmetic", "world:method", "world:ordering");

  private ReasoningProblems() {}

  /// So many problems, of all families in turn.
  ///
  /// @param without problems that are not to be among them
  /// @param seed of the problems
  static List<Problem> draw(int size, Collection<Problem> without, long seed) {
    Set<String> taken = without.stream().map(Problem::id).collect(Collectors.toSet());
    int each = Math.ceilDiv(size, FAMILIES.size());
    List<List<Problem>> families = new ArrayList<>();
    for (String family : FAMILIES) {
      families.add(
          Worlds.dataset(family, each + taken.size(), seed).problems().stream()
              .filter(problem -> !taken.contains(problem.id()))
              .limit(each)
              .toList());
    }
    List<Problem> drawn = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      drawn.add(families.get(i % families.size()).get(i / families.size()));
    }
    return drawn;
  }
}
