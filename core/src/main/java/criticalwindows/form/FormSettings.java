package criticalwindows.form;

import criticalwindows.model.Sampling;
import criticalwindows.rollout.Settings;
import java.util.List;

/// What a form experiment is to do with each form.
///
/// @param texts sampled whole, at least 1
/// @param samples continuations at each cut, at least 1
/// @param sampling of texts and continuations
/// @param maxTokens of a whole text, kept tokens included, at least 1
/// @param target the words of the combination whose staircase is wanted; empty for the choices of
///   the first text that completes the form
/// @param seed of the run; each script's own seed follows from it and the script's [Key]
public record FormSettings(
    int texts, int samples, Sampling sampling, int maxTokens, List<String> target, long seed) {
  /// The experiment's name in a run.
  public static final String EXPERIMENT = "form";

  public FormSettings {
    target = List.copyOf(target);
    if (texts < 1 || samples < 1 || maxTokens < 1) {
      throw new IllegalArgumentException(
          texts + " texts, " + samples + " samples, " + maxTokens + " tokens");
    }
  }

  /// Whether texts are drawn from the plain distribution, which is what a model scores.
  public boolean plain() {
    return sampling.equals(Sampling.PLAIN);
  }

  /// What [#asData] was made of.
  ///
  /// @throws IllegalArgumentException if these are no such settings
  public static FormSettings of(Settings data) {
    return new FormSettings(
        data.integer("texts"),
        data.integer("samples"),
        new Sampling(data.number("temperature"), data.number("topP")),
        data.integer("maxTokens"),
        data.texts("choices"),
        data.whole("seed"));
  }

  /// These as plain data.
  public Settings asData() {
    return Settings.NONE
        .with("texts", texts)
        .with("samples", samples)
        .with("temperature", sampling.temperature())
        .with("topP", sampling.topP())
        .with("maxTokens", maxTokens)
        .with("choices", target)
        .with("seed", seed);
  }
}
