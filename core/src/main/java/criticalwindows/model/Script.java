package criticalwindows.model;

import java.util.List;

/// What is asked of a model in one go: start from these ids, then take the steps in order.
///
/// @param start ids to continue from, at least one (the begin-of-text token included where there is
///   one)
/// @param steps at least one
/// @param seed of this script's own random numbers: scripts do not share any
public record Script(Tokens start, List<Step> steps, long seed) {
  public Script {
    if (start.isEmpty()) {
      throw new IllegalArgumentException("a script starts from at least one token");
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a script has at least one step");
    }
    steps = List.copyOf(steps);
  }

  /// The most tokens a context can come to hold when this script runs.
  public int mostTokens() {
    int written = start.size();
    int most = written;
    for (Step step : steps) {
      int from = written;
      switch (step) {
        case Step.Feed feed -> written += feed.tokens().size();
        case Step.Sample sample -> {
          written += sample.maxTokens();
          most = Math.max(most, from + sample.mostTokens());
        }
        case Step.Score score -> most = Math.max(most, from + score.alternatives().mostTokens());
        case Step.Keep keep -> {}
      }
      most = Math.max(most, written);
    }
    return most;
  }
}
