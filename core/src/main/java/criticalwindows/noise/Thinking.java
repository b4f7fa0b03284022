package criticalwindows.noise;

import criticalwindows.model.Tokens;
import java.util.Optional;

/// The tokens before and after a model's thinking, and where they leave it in a response.
public record Thinking(int open, int close) {
  /// A stretch of a response.
  ///
  /// @param from tokens kept when the thinking begins: behind the opening marker, or 0 where the
  ///   prompt has that
  /// @param to tokens kept when it is over: before the closing marker, or all where there is none
  public record Span(int from, int to) {
    /// Whether a cut that keeps so many tokens leaves a thought that is not closed.
    public boolean holds(int kept) {
      return kept >= from && kept <= to;
    }
  }

  /// The first thinking of a response; absent where it has none.
  public Optional<Span> in(Rollout rollout) {
    Tokens whole = rollout.whole();
    int begun = -1;
    for (int i = 0; i < whole.size(); i++) {
      boolean response = i >= rollout.prompt();
      if (whole.at(i) == close) {
        if (response && begun >= 0) {
          return Optional.of(span(rollout, begun, i));
        }
        begun = -1;
      } else if (whole.at(i) == open && begun < 0) {
        begun = i + 1;
      }
    }
    return begun < 0 ? Optional.empty() : Optional.of(span(rollout, begun, whole.size()));
  }

  private static Span span(Rollout rollout, int from, int to) {
    return new Span(Math.max(0, from - rollout.prompt()), to - rollout.prompt());
  }
}
