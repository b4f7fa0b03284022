package criticalwindows.cot;

import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;

/// What a chain-of-thought experiment is to do with each problem.
///
/// @param samples continuations at each cut, at least 1
/// @param sampling of the original and of every continuation
/// @param maxTokens of a whole response, kept tokens included, at least 1
/// @param seed of the run; each script's own seed follows from it and the script's [Key]
public record CotSettings(CutPlan cuts, int samples, Sampling sampling, int maxTokens, long seed) {
  public CotSettings {
    if (samples < 1) {
      throw new IllegalArgumentException("at least one sample at each cut, not " + samples);
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException("a response has at least one token, not " + maxTokens);
    }
  }
}
