package criticalwindows.cot;

import criticalwindows.model.Tokens;
import criticalwindows.noise.CutPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Samples that serve twice. A continuation from cut c whose first c′ − c tokens are the original's
/// is, given that, an independent draw from cut c′: the model wrote each token given those before
/// it alone, and both have the same tokens left of the response's limit. How many there are at c′
/// is chance, but it is settled before any token after c′ is drawn; so given it, the count of
/// successes is binomial with the probability at c′, and so is its sum with the direct count.
///
/// The original itself never counts: it is what the cuts are made of.
final class Reuse {
  private Reuse() {}

  /// The continuations from earlier cuts that are draws from a later one too, by its tokens kept.
  ///
  /// @param rows of which the tokens are known; of those read from replies nothing agrees
  /// @param plan where a search chose the cuts, nothing is reused: it chose them by outcomes of
  ///   these very samples; nor where somebody else did
  static Map<Integer, List<Resample>> byCut(CotRows rows, CutPlan plan) {
    Map<Integer, List<Resample>> reused = new HashMap<>();
    if (!plan.blind()) {
      return reused;
    }
    NavigableSet<Integer> cuts = new TreeSet<>(rows.byCut().keySet());
    Tokens original = rows.original().tokens();
    rows.byCut()
        .forEach(
            (kept, resamples) -> {
              Tokens rest = original.slice(kept, original.size());
              for (Resample resample : resamples) {
                int same = rest.commonPrefix(resample.response().tokens());
                if (same > 0) {
                  cuts.subSet(kept, false, kept + same, true)
                      .forEach(
                          cut ->
                              reused.computeIfAbsent(cut, at -> new ArrayList<>()).add(resample));
                }
              }
            });
    return reused;
  }
}
