package criticalwindows.cli;

import criticalwindows.console.Console;
import criticalwindows.cot.CotScripts;
import criticalwindows.cot.CotSettings;
import criticalwindows.cot.Fitting;
import criticalwindows.dataset.Dataset;
import criticalwindows.dataset.Problem;
import criticalwindows.error.UserError;
import criticalwindows.hub.Datasets;
import criticalwindows.model.Model;
import criticalwindows.model.Sampling;
import criticalwindows.noise.CutPlan;
import criticalwindows.prompt.PromptSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a chain-of-thought run can be told.
final class CotOptions {
  private static final String CUTS = "0,0.05,0.1,0.3,0.5,0.7,0.9";
  private static final int SAMPLES = 25;

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FILE",
      defaultValue = Datasets.STANDARD,
      description = {
        "Problems: one of cw datasets, from the hub or from a file or folder as in mmlu:FILE; or a"
            + " file of problems in JSON (default: ${DEFAULT-VALUE}). Those of the world are made"
            + " by the seed, or by their own: world:method:7."
      })
  String dataset = Datasets.STANDARD;

  @Option(
      names = "--problems",
      paramLabel = "N|all",
      defaultValue = "10",
      description = "How many of them, by the seed (default: ${DEFAULT-VALUE}).")
  String problems = "10";

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
            + " token; every:8 for every 8th; sentences for every sentence end (default:"
            + " ${DEFAULT-VALUE})."
      })
  String cuts = CUTS;

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

  @Option(
      names = "--prompts",
      paramLabel = "FILE",
      description =
          "Prompts of your own, in the built-in file's sections (default: the built-in ones).")
  Optional<Path> prompts = Optional.empty();

  /// What is wrong with these options can be said before anything is loaded.
  void check() {
    plan();
    search.check(cuts.equals(CUTS) && samples == SAMPLES);
    number();
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
      return CutPlan.parse(cuts);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--cuts " + cuts + ": " + e.getMessage(),
          "give growing fractions from 0 to below 1, such as 0.05,0.1,0.5, or every:1, or"
              + " sentences",
          e);
    }
  }

  /// The problems drawn.
  Dataset draw(Console console) {
    return Datasets.draw(dataset, number(), seed, () -> Hubs.of(console));
  }

  /// Those that fit the model.
  Dataset fitting(Model model, PromptSet promptSet, Dataset drawn) {
    int response = maxTokens.orElseGet(() -> Fitting.leastResponse(model));
    return Fitting.of(model, promptSet, drawn, response);
  }

  /// As many as asked for.
  int number() {
    if (problems.equals("all")) {
      return Datasets.ALL;
    }
    try {
      int number = Integer.parseInt(problems);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new UserError("--problems " + problems, "give a number of at least 1, or all", e);
    }
    throw new UserError("--problems " + problems, "give a number of at least 1, or all");
  }

  PromptSet promptSet() {
    return prompts.map(CotOptions::read).orElseGet(PromptSet::standard);
  }

  private static PromptSet read(Path file) {
    try {
      return PromptSet.parse(OptionWords.text("--prompts", file));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "--prompts " + file + ": " + e.getMessage(),
          "begin from the built-in file,"
              + " core/src/main/resources/criticalwindows/prompt/standard.txt",
          e);
    }
  }

  CotSettings settings(Model model, PromptSet promptSet, List<Problem> chosen) {
    int longest = CotScripts.responseTokens(model, promptSet, chosen);
    int tokens = Math.min(longest, maxTokens.orElse(longest));
    return new CotSettings(plan(), samples, sampling(model), tokens, seed);
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
