package criticalwindows.foresight;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Foretells the answer from nothing but how many tokens were written and how many options there
/// are: the shares of the letters among the continuations of training problems there.
///
/// How long a response will be in the end is not known at a cut, so its share is not used.
///
/// @param counts of the letters, by place
/// @param wide tokens of a place, at least 1
record LetterShares(Map<Place, AnswerCounts> counts, int wide) {
  private static final int PLACES = 8;

  LetterShares {
    counts = Map.copyOf(counts);
  }

  /// @param part of the response, counted from 0; the last one has no end
  record Place(int options, int part) {}

  /// @param prefixes of training problems
  /// @param counts one for each
  static LetterShares fit(List<Prefix> prefixes, List<AnswerCounts> counts, int wide) {
    Map<Place, AnswerCounts> sums = new HashMap<>();
    for (int i = 0; i < prefixes.size(); i++) {
      sums.merge(place(prefixes.get(i), wide), counts.get(i), LetterShares::plus);
    }
    return new LetterShares(sums, wide);
  }

  private static AnswerCounts plus(AnswerCounts some, AnswerCounts more) {
    double[] sums = new double[some.options()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = some.of(i) + more.of(i);
    }
    return new AnswerCounts(java.util.Arrays.stream(sums).boxed().toList());
  }

  private static Place place(Prefix prefix, int wide) {
    return new Place(prefix.problem().options(), Math.min(PLACES - 1, prefix.kept() / wide));
  }

  /// The forecast at a prefix; uniform where nothing is known.
  Forecast of(Prefix prefix) {
    AnswerCounts known = counts.get(place(prefix, wide));
    return known == null ? Forecast.uniform(prefix.problem().options()) : known.smoothed();
  }
}
