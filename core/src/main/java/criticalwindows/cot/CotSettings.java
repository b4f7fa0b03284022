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
/// @param think the most tokens of its thinking, at least 1, which then begins with the response
///   and is closed for it; absent where it thinks as long as it likes
public record CotSettings(
    CutPlan cuts,
    int samples,
    Sampling sampling,
    int maxTokens,
    long seed,
    Optional<ThinkMarkers> markers,
    Optional<Integer> think) {
  /// The experiment's name in a run.
  public static final String EXPERIMENT = "cot";

  private static final String THINKING = "thinking";
  private static final String THINK = "think";

  /// Of a model without markers of its thinking.
  public CotSettings(CutPlan cuts, int samples, Sampling sampling, int maxTokens, long seed) {
    this(cuts, samples, sampling, maxTokens, seed, Optional.empty(), Optional.empty());
  }

  /// These with markers of the model's thinking.
  public CotSettings thinking(Optional<ThinkMarkers> between) {
    return new CotSettings(cuts, samples, sampling, maxTokens, seed, between, think);
  }

  /// These with another seed.
  public CotSettings seeded(long other) {
    return new CotSettings(cuts, samples, sampling, maxTokens, other, markers, think);
  }

  /// These with a limit on the model's thinking.
  public CotSettings thinkingAtMost(Optional<Integer> tokens) {
    return new CotSettings(cuts, samples, sampling, maxTokens, seed, markers, tokens);
  }

  public CotSettings {
    if (samples < 1) {
      throw new IllegalArgumentException("at least one sample at each cut, not " + samples);
    }
    if (maxTokens < 1) {
      throw new IllegalArgumentException("a response has at least one token, not " + maxTokens);
    }
    if (think.filter(most -> markers.isEmpty() || most < 1 || most > maxTokens - 2).isPresent()) {
      throw new IllegalArgumentException(
          think + " tokens of thinking, of " + maxTokens + " between " + markers);
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
            : Optional.empty(),
        data.has(THINK) ? Optional.of(data.integer(THINK)) : Optional.empty());
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
    Settings marked =
        markers.map(names -> data.with(THINKING, names.open() + "," + names.close())).orElse(data);
    return think.map(most -> marked.with(THINK, most)).orElse(marked);
  }
}
