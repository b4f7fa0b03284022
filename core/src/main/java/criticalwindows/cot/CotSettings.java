package criticalwindows.cot;

import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.noise.ThinkMarkers;
import criticalwindows.rollout.Settings;
import java.util.Optional;

/// What a chain-of-thought experiment is to do with each problem.
///
/// @param samples continuations at each cut, at least 1
/// @param sampling of the original and of every continuation
/// @param maxTokens of a whole response, kept tokens included, at least 1
/// @param seed of the run; each script's own seed follows from it and the script's [Key]
/// @param markers of the model's thinking, where it has any: an early answer within it is asked for
///   behind the closing one
public record CotSettings(
    CutPlan cuts,
    int samples,
    Sampling sampling,
    int maxTokens,
    long seed,
    Optional<ThinkMarkers> markers) {
  /// The experiment's name in a run.
  public static final String EXPERIMENT = "cot";

  private static final String THINKING = "thinking";

  /// Of a model without markers of its thinking.
  public CotSettings(CutPlan cuts, int samples, Sampling sampling, int maxTokens, long seed) {
    this(cuts, samples, sampling, maxTokens, seed, Optional.empty());
  }

  /// These with markers of the model's thinking.
  public CotSettings thinking(Optional<ThinkMarkers> between) {
    return new CotSettings(cuts, samples, sampling, maxTokens, seed, between);
  }

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
        data.whole("seed"),
        data.has(THINKING)
            ? Optional.of(ThinkMarkers.parse(data.text(THINKING)))
            : Optional.empty());
  }

  /// These as plain data.
  public Settings asData() {
    Settings data =
        Settings.NONE
            .with("cuts", cuts.spec())
            .with("samples", samples)
            .with("temperature", sampling.temperature())
            .with("topP", sampling.topP())
            .with("maxTokens", maxTokens)
            .with("seed", seed);
    return markers
        .map(names -> data.with(THINKING, names.open() + "," + names.close()))
        .orElse(data);
  }
}
