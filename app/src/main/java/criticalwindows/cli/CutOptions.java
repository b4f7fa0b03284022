package criticalwindows.cli;

import criticalwindows.cot.CotSettings;
import criticalwindows.error.UserError;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.noise.ThinkMarkers;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Where responses are cut, and how they are sampled.
final class CutOptions {
  private static final String CUTS = "0,0.05,0.1,0.3,0.5,0.7,0.9";
  private static final int SAMPLES = 25;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "" + SAMPLES,
      description = "Continuations at each cut (default: ${DEFAULT-VALUE}).")
  int samples = SAMPLES;

  @Option(
      names = "--cuts",
      paramLabel = "PLAN",
      defaultValue = CUTS,
      description = {
        "Where responses are cut: fractions of their tokens, from 0 to below 1; every:1 for every"
            + " token; every:8 for every 8th; first:30 for each of the first 30; sentences for"
            + " every sentence end; thinking for every sentence end of what the model thinks;"
            + " turns, of given conversations, for the beginning of each of the assistant's turns"
            + " and each tool call (default: ${DEFAULT-VALUE})."
      })
  String cuts = CUTS;

  @Option(
      names = "--think-markers",
      paramLabel = "OPEN,CLOSE",
      description = {
        "The tokens between which the model thinks (default: <think>,</think>, where it has them)."
      })
  Optional<String> thinkMarkers = Optional.empty();

  @Mixin SearchOptions search = new SearchOptions();

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
    plan();
    named();
    search.check(cuts.equals(CUTS) && samples == SAMPLES);
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

  CutPlan plan() {
    return search.adaptive ? search.plan() : given();
  }

  private CutPlan given() {
    try {
      CutPlan plan = CutPlan.parse(cuts);
      if (plan instanceof CutPlan.Recorded) {
        throw new IllegalArgumentException("they are those of an imported run");
      }
      return plan;
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--cuts " + cuts + ": " + e.getMessage(),
          "give growing fractions from 0 to below 1, such as 0.05,0.1,0.5, or every:1, or"
              + " sentences, thinking or turns",
          e);
    }
  }

  /// @param most tokens that a response can have
  CotSettings settings(Model model, int most) {
    int tokens = Math.min(most, maxTokens.orElse(most));
    return new CotSettings(plan(), samples, sampling(model), tokens, seed).thinking(markers(model));
  }

  private ThinkMarkers named() {
    try {
      return thinkMarkers.map(ThinkMarkers::parse).orElse(ThinkMarkers.STANDARD);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--think-markers " + thinkMarkers.orElse("") + ": give " + e.getMessage(),
          "such as --think-markers '<think>,</think>'",
          e);
    }
  }

  private Optional<ThinkMarkers> markers(Model model) {
    ThinkMarkers named = named();
    boolean known = named.in(model.vocabulary()).isPresent();
    if (!known && (thinkMarkers.isPresent() || plan() instanceof CutPlan.InThinking)) {
      throw new UserError(
          model.name() + " has no tokens " + named.open() + " and " + named.close(),
          "name those between which it thinks with --think-markers OPEN,CLOSE, or cut otherwise");
    }
    return known ? Optional.of(named) : Optional.empty();
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
