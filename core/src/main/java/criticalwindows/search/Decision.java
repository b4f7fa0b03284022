package criticalwindows.search;

import criticalwindows.localise.AdaptiveSearch.Belief;
import criticalwindows.localise.Move;
import java.util.Optional;

/// One decision of a search on a problem: what was known, and what was done.
///
/// @param round of the problem, from 1
/// @param spent rollouts of the problem before it
/// @param belief absent before anything is sampled, and where nothing could be
public record Decision(String problem, int round, long spent, Optional<Belief> belief, Move move) {
  public Decision {
    if (round < 1 || spent < 0) {
      throw new IllegalArgumentException("round " + round + " after " + spent + " rollouts");
    }
  }

  /// Whether the search ended with it.
  public boolean last() {
    return move instanceof Move.Stop;
  }
}
