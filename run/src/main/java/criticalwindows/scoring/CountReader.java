package criticalwindows.scoring;

import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Scorer;
import java.util.List;
import java.util.function.Function;

/// `count:WORD`: how often a word stands in a response, as a word of its own: `0`, `3`, `10 or
/// more`. Capitals and small letters are the same.
///
/// @param folded the words that are counted together, as [Letters#folded]
record CountReader(List<String> folded) implements Function<String, Outcome> {
  private static final int LONGEST = 100;

  /// Counted no further.
  private static final int MOST = 10;

  CountReader {
    folded = List.copyOf(folded);
  }

  static Scorer parse(Spec spec) {
    return new TextScorer(
        new CountReader(spec.words(LONGEST).stream().map(Letters::folded).distinct().toList()));
  }

  @Override
  public Outcome apply(String response) {
    String text = Letters.folded(response);
    int count = folded.stream().mapToInt(word -> count(text, word)).sum();
    return new Fixed(count < MOST ? Integer.toString(count) : MOST + " or more");
  }

  private static int count(String text, String word) {
    int count = 0;
    int at = text.indexOf(word);
    while (at >= 0 && count < MOST) {
      int end = at + word.length();
      boolean whole = Letters.edge(text, at) && Letters.edge(text, end);
      count += whole ? 1 : 0;
      at = text.indexOf(word, whole ? end : at + 1);
    }
    return count;
  }
}
