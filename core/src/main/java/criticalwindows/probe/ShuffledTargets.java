package criticalwindows.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Rows whose targets were swapped between items: nothing can be known of them. What a probe still
/// scores on them is what its fits and choices make of chance.
final class ShuffledTargets {
  private ShuffledTargets() {}

  /// Each item gets all targets of another one, in their order, stretched to its number of rows.
  static List<ProbeRow> of(List<ProbeRow> rows, long seed) {
    Map<String, List<Integer>> items = new LinkedHashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      items.computeIfAbsent(rows.get(i).item(), item -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> own = new ArrayList<>(items.values());
    List<List<Integer>> others = new ArrayList<>(own);
    SplittableRandom random = new SplittableRandom(seed);
    // Sattolo's shuffle: no item keeps its own.
    for (int i = others.size() - 1; i > 0; i--) {
      Collections.swap(others, i, random.nextInt(i));
    }
    List<ProbeRow> shuffled = new ArrayList<>(rows);
    for (int i = 0; i < own.size(); i++) {
      List<Integer> from = others.get(i);
      List<Integer> to = own.get(i);
      for (int k = 0; k < to.size(); k++) {
        int source = from.get(k * from.size() / to.size());
        shuffled.set(to.get(k), rows.get(to.get(k)).with(rows.get(source).target()));
      }
    }
    return shuffled;
  }
}
