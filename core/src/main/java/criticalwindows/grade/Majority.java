package criticalwindows.grade;

import criticalwindows.outcome.Outcome;
import java.util.List;
import java.util.Optional;

/// The answer that most of several responses came to.
///
/// *Source:* Wang et al., "Self-consistency improves chain of thought reasoning in language
/// models", arXiv 2203.11171.
public final class Majority {
  private Majority() {}

  /// The answer with the most votes; of those with equally many, the one that came first. What
  /// cannot be read, was cut off or refused has no vote.
  ///
  /// @return absent where nothing has a vote
  public static Optional<Outcome> of(List<? extends Outcome> votes) {
    Optional<Outcome> most = Optional.empty();
    long best = 0;
    for (Outcome answer : votes) {
      long count = votes.stream().filter(answer::same).count();
      if (count > best) {
        best = count;
        most = Optional.of(answer);
      }
    }
    return most;
  }
}
