package criticalwindows.probe;

import java.util.List;

/// What a probe forecasts along a text.
///
/// @param item the text's id
/// @param probe its name
/// @param about the class whose probability it is
/// @param kept tokens of the response after which it was asked, ascending, from 0 on; at least one
/// @param probability at each of these, in [0, 1]
public record ProbeCurve(
    String item, String probe, String about, List<Integer> kept, List<Double> probability) {
  public ProbeCurve {
    kept = List.copyOf(kept);
    probability = List.copyOf(probability);
    if (kept.isEmpty() || kept.size() != probability.size()) {
      throw new IllegalArgumentException(kept.size() + " places, " + probability.size());
    }
    for (int i = 0; i < kept.size(); i++) {
      boolean rises = kept.get(i) >= 0 && (i == 0 || kept.get(i) > kept.get(i - 1));
      if (!rises || !(probability.get(i) >= 0 && probability.get(i) <= 1)) {
        throw new IllegalArgumentException("after " + kept.get(i) + ": " + probability.get(i));
      }
    }
  }
}
