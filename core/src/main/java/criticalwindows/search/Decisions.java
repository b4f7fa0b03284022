package criticalwindows.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The record of a search's decisions. Each is here before anything it asks for is sampled.
public interface Decisions {
  /// Adds decisions: durable when this returns.
  void append(List<Decision> decisions);

  /// All of them, by problem, each problem's in their order.
  Map<String, List<Decision>> byProblem();

  /// A record that lasts as long as the program.
  static Decisions inMemory() {
    Map<String, List<Decision>> all = new LinkedHashMap<>();
    return new Decisions() {
      @Override
      public void append(List<Decision> decisions) {
        for (Decision decision : decisions) {
          all.computeIfAbsent(decision.problem(), problem -> new ArrayList<>()).add(decision);
        }
      }

      @Override
      public Map<String, List<Decision>> byProblem() {
        Map<String, List<Decision>> copy = new LinkedHashMap<>();
        all.forEach((problem, decisions) -> copy.put(problem, List.copyOf(decisions)));
        return copy;
      }
    };
  }
}
