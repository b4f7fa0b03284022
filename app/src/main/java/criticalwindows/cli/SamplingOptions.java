package criticalwindows.cli;

import criticalwindows.cot.CotSettings;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How responses and their continuations are sampled.
final class SamplingOptions {
  private static final int SAMPLES = 25;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "" + SAMPLES,
      description = "Continuations at each cut (default: ${DEFAULT-VALUE}).")
  int samples = SAMPLES;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "Of the original and the continuations (default: what the model recommends).")
  Optional<Double> temperature = Optional.empty();

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Sample from the likeliest tokens that reach this share (default: likewise).")
  Optional<Double> topP = Optional.empty();

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = {
        "Of a whole response, kept tokens included (default: 2048, or what the context leaves)."
      })
  Optional<Integer> maxTokens = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Every draw follows from it (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  /// What is wrong with these options can be said before anything is loaded.
  void check() {
    if (samples < 1) {
      throw new UserError("--samples " + samples, "give at least 1");
    }
    maxTokens
        .filter(tokens -> tokens < 1)
        .ifPresent(
            tokens -> {
              throw new UserError("--max-tokens " + tokens, "give at least 1");
            });
    sampling(Sampling.PLAIN);
  }

  /// Whether as many continuations are asked for as usual.
  boolean usual() {
    return samples == SAMPLES;
  }

  /// @param most tokens that a response can have
  CotSettings settings(Model model, CutPlan plan, int most) {
    int tokens = Math.min(most, maxTokens.orElse(most));
    return new CotSettings(plan, samples, sampling(model), tokens, seed);
  }

  /// What a model recommends is read only where it is needed: it may be what cannot be.
  private Sampling sampling(Model model) {
    return sampling(allGiven() ? Sampling.PLAIN : model.recommended().sampling());
  }

  private boolean allGiven() {
    return temperature.isPresent() && topP.isPresent();
  }

  private Sampling sampling(Sampling recommended) {
    try {
      return new Sampling(
          temperature.orElse(recommended.temperature()), topP.orElse(recommended.topP()));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--temperature or --top-p: " + e.getMessage(), "give values in these ranges", e);
    }
  }

  /// Where temperature and top-p come from, for the record.
  String samplingSource(Model model) {
    if (allGiven()) {
      return "the command line";
    }
    String recommended = model.recommended().source();
    if (temperature.isEmpty() && topP.isEmpty()) {
      return recommended;
    }
    return (temperature.isPresent() ? "temperature" : "top-p")
        + " from the command line, the other from "
        + recommended;
  }
}
