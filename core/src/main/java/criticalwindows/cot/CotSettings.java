package criticalwindows.cot;

import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.rollout.Settings;

/// What a chain-of-thought experiment is to do with each problem.
///
/// @param samples continuations at each cut, at least 1
/// @param sampling of the original and of every continuation
/// @param maxTokens of a whole response, kept tokens included, at least 1
/// @param seed of the run; each script's own seed follows from it and the script's [Key]
public record CotSettings(CutPlan cuts, int samples, Sampling sampling, int maxTokens, long seed) {
  /// The experiment's name in a run.
  public static final String EXPERIMENT = "cot";

  public CotSettings {
    if (samples < 1) {
      throw new IllegalArgumentException("at least one sample at each cut, not " + samples);
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException("a response has at least one token, not " + maxTokens);
    }
  }

  /// What [#asData] was made of.
  ///
  /// @throws IllegalArgumentException if these are no such settings
  public static CotSettings of(Settings data) {
    return new CotSettings(
        CutPlan.parse(data.text("cuts")),
        data.integer("samples"),
        new Sampling(data.number("temperature"), data.number("topP")),
        data.integer("maxTokens"),
        data.whole("seed"));
  }

  /// These as plain data.
  public Settings asData() {
    return Settings.NONE
        .with("cuts", cuts.spec())
        .with("samples", samples)
        .with("temperature", sampling.temperature())
        .with("topP", sampling.topP())
        .with("maxTokens", maxTokens)
        .with("seed", seed);
  }
}
