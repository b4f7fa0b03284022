package criticalwindows.importing;

import criticalwindows.dataset.Problem;
import criticalwindows.model.FinishReason;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A response of a file, and what was written on from its places.
///
/// @param item what it is about; its answer is the right outcome where the file knows one
/// @param finish [FinishReason#LENGTH] where the file has not all of it
/// @param outcome what it came to; absent where the file cannot say
/// @param places continuations by tokens kept
record Recorded(
    Problem item,
    Spelt response,
    FinishReason finish,
    Optional<String> outcome,
    SortedMap<Integer, List<Recorded.Rollout>> places) {
  Recorded {
    if (!places.isEmpty() && (places.firstKey() < 0 || places.lastKey() > response.ids().size())) {
      throw new IllegalArgumentException(
          item.id() + ": places " + places.keySet() + " of " + response.ids().size() + " tokens");
    }
  }

  /// A continuation.
  ///
  /// @param text what it wrote; absent where the file does not tell
  /// @param outcome what it came to; absent where the file cannot say
  record Rollout(Optional<String> text, Optional<String> outcome) {}

  /// All continuations.
  long rollouts() {
    return places.values().stream().mapToLong(List::size).sum();
  }

  /// Those whose text is known.
  long told() {
    return places.values().stream()
        .flatMap(List::stream)
        .filter(rollout -> rollout.text().isPresent())
        .count();
  }
}
