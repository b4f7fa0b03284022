package criticalwindows.scoring;

import criticalwindows.outcome.Outcome;
import criticalwindows.outcome.Scorer;
import java.util.List;
import java.util.function.Function;

/// `contains:WORDS`: whether one of the words stands anywhere in a response, also inside of another
/// word. Capitals and small letters are the same.
///
/// @param folded the words, as [Letters#folded]
record ContainsReader(List<String> folded) implements Function<String, Outcome> {
  private static final int LONGEST = 100;

  /// The class of a response with one of the words.
  static final String YES = "contains";

  private static final Outcome CONTAINS = new Fixed(YES);
  private static final Outcome NOT = new Fixed("does not contain");

  ContainsReader {
    folded = List.copyOf(folded);
  }

  static Scorer parse(Spec spec) {
    return new TextScorer(
        new ContainsReader(spec.words(LONGEST).stream().map(Letters::folded).toList()));
  }

  @Override
  public Outcome apply(String response) {
    String text = Letters.folded(response);
    return folded.stream().anyMatch(text::contains) ? CONTAINS : NOT;
  }
}
