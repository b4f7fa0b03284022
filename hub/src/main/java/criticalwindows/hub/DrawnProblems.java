package criticalwindows.hub;

import criticalwindows.dataset.Problem;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// A sample of problems by a seed. Which ones are drawn depends on the seed and on what the
/// problems say, not on where they stand in a file; and the first ten are among the first twenty.
///
/// @param drawn in the order of the file
/// @param spare the others, in the order of the draw
record DrawnProblems(List<Problem> drawn, List<Problem> spare) {
  /// @param count at least 1; more than there are means all
  static DrawnProblems of(List<Problem> all, int count, long seed) {
    List<Problem> order =
        all.stream().sorted(Comparator.comparingLong(problem -> lot(problem, seed))).toList();
    int end = Math.min(count, order.size());
    Set<Problem> chosen = new HashSet<>(order.subList(0, end));
    return new DrawnProblems(
        all.stream().filter(chosen::contains).toList(), order.subList(end, order.size()));
  }

  private static long lot(Problem problem, long seed) {
    long content = Long.parseUnsignedLong(problem.id(), 16);
    return new SplittableRandom(content ^ new SplittableRandom(seed).nextLong()).nextLong();
  }
}
