package criticalwindows.preference;

import criticalwindows.model.Tokens;
import criticalwindows.outcome.Outcome;
import criticalwindows.stats.Proportion;
import java.util.Optional;

/// Two ways on from one prefix, and what is known of them.
///
/// @param kept tokens of the response that are part of the prefix
/// @param cut continuations from the prefix that came to what is wanted, of all
public record Pair(int kept, Proportion cut, Side chosen, Side rejected) {
  /// One of the two.
  ///
  /// @param tokens behind the prefix, at least one, without a stop token
  /// @param counts of a token: of the continuations that go on with it, those that came to what is
  ///   wanted; of a continuation: of all from the prefix, those that came to the same as it
  /// @param outcome of a continuation; absent of a token
  public record Side(Tokens tokens, Proportion counts, Optional<Outcome> outcome) {
    public Side {
      if (tokens.isEmpty()) {
        throw new IllegalArgumentException("a side without tokens");
      }
    }
  }
}
